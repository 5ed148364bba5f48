{% macro spark__message_payload(column, without=[]) -%}
{%- set left_out = [
    'recordingUrl', 'recordingStatus', 'recordingDuration', 'recordingSummary',
    'messageType',
] + without -%}
{%- set fields = 'from_json(coalesce(' ~ column
    ~ ", '{}'), 'map<string, variant>')" -%}
array_join(
    transform(
        array_sort(
            array_except(
                map_keys({{ fields }}), array('{{ left_out | join("', '") }}')
            )
        ),
        field -> concat(
            field, '=', coalesce(to_json({{ fields }}[field]), 'null')
        )
    ),
    chr(31)
)
{%- endmacro %}

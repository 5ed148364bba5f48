{% macro default__message_payload(column, without=[]) -%}
{%- set left_out = [
    'recordingUrl', 'recordingStatus', 'recordingDuration', 'recordingSummary',
    'messageType',
] + without -%}
{{ ordered_json(
    "json_merge_patch(coalesce(" ~ column ~ ", cast('{}' as json)), '{\""
    ~ left_out | join('\": null, \"') ~ "\": null}')"
) }}
{%- endmacro %}

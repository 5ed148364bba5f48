{# The content of a conversation item as text that compares equal for one
   message under two ids. Recordings are left out: their address names the id,
   and they are made, summarised and deleted after the call. #}
{% macro message_payload(column, without=[]) -%}
{%- set left_out = [
    'recordingUrl', 'recordingStatus', 'recordingDuration', 'recordingSummary',
] + without -%}
{{ ordered_json(
    "json_merge_patch(coalesce(" ~ column ~ ", cast('{}' as json)), '{\""
    ~ left_out | join('\": null, \"') ~ "\": null}')"
) }}
{%- endmacro %}

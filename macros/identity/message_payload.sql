{# The content of a conversation item as text that compares equal for one
   message under two ids. Recordings are left out: their address names the id,
   and they are made, summarised and deleted after the call. So is the kind of a
   chat message, which may be missing where it is text. #}
{% macro message_payload(column, without=[]) -%}
{{ adapter.dispatch('message_payload', 'gladly')(column, without) }}
{%- endmacro %}

{# What redaction leaves of the content of a conversation item, as text that
   compares equal before and after. #}
{% macro redacted_payload(column) -%}
{{ message_payload(column, [
    'content', 'body', 'subject', 'attachments', 'messageData', 'erasedLength',
]) }}
{%- endmacro %}

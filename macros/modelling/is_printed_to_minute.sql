{# Whether a time is another one as a report prints it that has no seconds. #}
{% macro is_printed_to_minute(printed, moment) -%}
date_trunc('minute', {{ moment }}) = {{ printed }}
{%- endmacro %}

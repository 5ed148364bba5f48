{# A value of a capture as text. #}
{% macro value_text(column) -%}
{%- if column.endswith('_seconds') -%}
{{ double_text(column) }}
{%- else -%}
cast({{ column }} as string)
{%- endif -%}
{%- endmacro %}

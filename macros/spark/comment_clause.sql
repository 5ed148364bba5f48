{# Stands before the one of dbt-spark, which writes a backslash before each
   apostrophe: the session takes backslashes as they are. #}
{% macro spark__comment_clause() -%}
{%- if config.get('persist_docs', {}).get('relation') -%}
comment {{ sql_literal(model.description) }}
{%- endif -%}
{%- endmacro %}

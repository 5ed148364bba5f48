{# Runs before a table with personal data is built anew: its blocks are
   freed, and keep their bytes until somebody is erased. #}
{% macro remember_restricted_table() %}
    {% if is_building() and load_relation(this) %}
        {% do remember_blocks(this, is_due=false) %}
    {% endif %}
    {{ return('') }}
{% endmacro %}

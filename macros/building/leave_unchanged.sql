{# What a materialization returns for a table that stays as it is. #}
{% macro leave_unchanged() %}
    {% call noop_statement('main', 'UNCHANGED') %}{% endcall %}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmacro %}

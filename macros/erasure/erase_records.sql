{# Blanks what the records of deleted customers in one base table tell about
   them, and returns how many records had anything to blank. #}
{% macro erase_records(base_table, rule, erased) %}
    {% set columns = dict(rule.columns, _unknown_fields='null') %}
    {% set whose %}
        {{ rule.owner }} in (
            select reported_customer_id from {{ erased }}
            where customer_status = 'deleted'
        )
        and (
            {% for column, value in columns.items() %}
            {{ column }} is distinct from {{ value }}
            {{ 'or' if not loop.last }}
            {% endfor %}
        )
    {% endset %}
    {% set found = run_query(
        'select count(*) from ' ~ base_table ~ ' where ' ~ whose
    ).rows[0][0] %}
    {% if found > 0 %}
        {% set blank %}
            update {{ base_table }}
            set
                {% for column, value in columns.items() %}
                {{ column }} = {{ value }}{{ ',' if not loop.last }}
                {% endfor %}
            where {{ whose }}
        {% endset %}
        {% do run_query(blank) %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}

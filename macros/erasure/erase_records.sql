{# Blanks what the records of deleted customers in one base table say about
   them, and returns how many records had anything to blank. A record that
   says more than it may even so loses those columns whole. #}
{% macro erase_records(base_table, rule) %}
    {% set emptied = {} %}
    {% for column in rule.columns %}
        {% do emptied.update({column: 'null'}) %}
    {% endfor %}
    {% set counts = [] %}
    {% for columns in [rule.columns, emptied]
        if not counts or counts[-1] > 0 %}
        {# What the first round has left is what its rule would still change. #}
        {% set whose = erasure_whose(rule, rule.columns) %}
        {% do counts.append(run_query(
            'select count(*) from ' ~ base_table ~ ' where ' ~ whose
        ).rows[0][0]) %}
        {% if counts[-1] > 0 %}
            {% do remember_blocks(base_table, is_due=true, rows=whose) %}
            {% set blank %}
                update {{ base_table }}
                set
                    {% for column, value in columns.items() %}
                    {{ adapter.quote(column) }} = {{ value }}{{ ',' if not loop.last }}
                    {% endfor %}
                where {{ whose }}
            {% endset %}
            {% do record_erasure(base_table) %}
            {% do run_query(blank) %}
        {% endif %}
    {% endfor %}
    {% set left = run_query(
        'select count(*) from ' ~ base_table
        ~ ' where ' ~ erasure_whose(rule, emptied)
        ~ ' and ' ~ erasure_whose(rule, rule.columns)
    ).rows[0][0] if counts[-1] > 0 else 0 %}
    {% if left > 0 %}
        {{ exceptions.raise_compiler_error(
            'Personal data of deleted customers is left in ' ~ left ~ ' records of '
            ~ base_table ~ ': they could not be emptied. Nothing of this build'
            ~ ' should be given to readers.'
        ) }}
    {% endif %}
    {{ return(counts[0]) }}
{% endmacro %}

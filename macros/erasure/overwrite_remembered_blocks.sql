{# An update leaves the old text in the database file: other columns, and other
   tables, have their part of the same block, so it is not freed. This moves the
   others out of every block that is remembered, and overwrites what is free
   then. Its cost follows the blocks, not the size of the tables. #}
{% macro overwrite_remembered_blocks() %}
    {% set due = run_query(
        'select count(*) from ' ~ remembered_blocks() ~ ' where is_due'
    ).rows[0][0] %}
    {% if due > 0 %}
        {% set base_tables = [] %}
        {% for extract in extract_sources() %}
            {% do base_tables.append(
                built_relation('base_gladly__' ~ extract) | string
            ) %}
        {% endfor %}
        {% set rounds = [] %}
        {% for number in range(5) if not rounds or rounds[-1] %}
            {% do run_query('checkpoint') %}
            {% do forget_free_blocks() %}
            {% do rounds.append(tables_in_remembered_blocks()) %}
            {% for table in rounds[-1] %}
                {% do move_table_parts(
                    table.relation, table.parts, table.relation | string in base_tables
                ) %}
            {% endfor %}
        {% endfor %}
        {% if rounds[-1] %}
            {{ exceptions.raise_compiler_error(
                'Texts of deleted customers may be left in the bytes of the'
                ~ ' database file: ' ~ rounds[-1] | map(attribute='relation')
                | unique | join(', ') ~ ' keep their blocks. Build again; if it'
                ~ ' stays so, delete the database and build it anew.'
            ) }}
        {% endif %}
        {% do overwrite_freed_blocks() %}
        {% do run_query('delete from ' ~ remembered_blocks()) %}
        {% do run_query('checkpoint') %}
    {% endif %}
{% endmacro %}

{# Remembers the blocks of a table, or of those of its rows that a condition
   finds, before they change or go. Once somebody is deleted, a build overwrites
   them all when any of them is due. #}
{% macro remember_blocks(relation, is_due, rows=none) %}
    {% if rows is not none %}
        {# What this build has landed gets its blocks now. #}
        {% do run_query('checkpoint') %}
    {% endif %}
    {% set remember %}
        insert into {{ remembered_blocks() }}
        select distinct
            segments.block_id,
            {{ is_due }} as is_due
        from ({{ table_segments(relation) }}) as segments
        {% if rows is not none %}
        inner join (
            select rowid as row_number from {{ relation }} where {{ rows }}
        ) as personal
            on
                personal.row_number >= segments.first_row
                and personal.row_number < segments.end_row
        {% endif %}
    {% endset %}
    {% do run_query(remember) %}
{% endmacro %}

{# Returns the tables that have parts in remembered blocks, each with its parts:
   bounds and columns of each group of rows. #}
{% macro tables_in_remembered_blocks() %}
    {% set relations = database_tables() %}
    {# One question for all, for most have none. #}
    {% set which %}
        select distinct place from ({{ used_blocks(relations) }})
        where
            block_id >= 0
            and block_id in (select block_id from {{ remembered_blocks() }})
        order by place
    {% endset %}
    {% set found = [] %}
    {% for row in run_query(which).rows %}
        {% set relation = relations[row[0] | int] %}
        {% set look %}
            select
                segments.first_row,
                segments.end_row,
                string_agg(distinct segments.column_name, chr(31)) as columns
            from ({{ table_segments(relation) }}) as segments
            where segments.block_id in (select block_id from {{ remembered_blocks() }})
            group by segments.first_row, segments.end_row
            order by segments.first_row
        {% endset %}
        {% set parts = [] %}
        {% for part in run_query(look).rows %}
            {% do parts.append({
                'first_row': part[0] | int,
                'end_row': part[1] | int,
                'columns': part[2].split('\x1f'),
            }) %}
        {% endfor %}
        {% do found.append({'relation': relation, 'parts': parts}) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{# The pieces of a table in the database file: one row per piece and block, with
   the rows of the table that it belongs to. #}
{% macro table_segments(relation) -%}
select
    segments.row_group_id,
    segments.column_name,
    segments.block_id,
    bounds.first_row,
    bounds.end_row
from (
    select
        row_group_id,
        column_name,
        unnest(list_append(coalesce(additional_block_ids, []), block_id)) as block_id
    from pragma_storage_info({{ sql_literal(relation) }})
    where persistent
) as segments
inner join (
    select
        row_group_id,
        sum(sum("count")) over (order by row_group_id) - sum("count") as first_row,
        sum(sum("count")) over (order by row_group_id) as end_row
    from pragma_storage_info({{ sql_literal(relation) }})
    where column_id = 0 and column_path = '[0]'
    group by row_group_id
) as bounds on segments.row_group_id = bounds.row_group_id
where segments.block_id >= 0
{%- endmacro %}

{# Query of the blocks of the database file that tables lie in: place of the
   table in the list, and block_id. #}
{% macro used_blocks(relations) -%}
{%- for relation in relations %}
select
    {{ loop.index0 }} as place,
    unnest(list_append(coalesce(additional_block_ids, []), block_id)) as block_id
from pragma_storage_info({{ sql_literal(relation) }})
where persistent
{{ 'union all' if not loop.last }}
{%- endfor %}
{%- endmacro %}

{# Every mention of an entity in a relation, as id, name as reported (null where
   the relation reports none) and capture time: one branch per pair of columns.
   #}
{% macro mentions(relation, pairs) -%}
{%- for id_column, name_column in pairs.items() %}
select
    {{ id_column }} as mentioned_id,
    {{ name_column or 'cast(null as string)' }} as mentioned_name,
    _captured_at
from {{ relation }}
{{ 'union all' if not loop.last }}
{%- endfor %}
{%- endmacro %}

{# The condition that a record is one of a deleted customer and says more than
   may be kept of it. #}
{% macro erasure_whose(rule, columns) -%}
(
    {%- set conditions = [] -%}
    {%- for entity, ids in rule.owners.items() -%}
        {%- for id in ids -%}
            {%- do conditions.append(
                id ~ " in (select id from erased_ids where entity = '" ~ entity ~ "')"
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ conditions | join(' or ') }}
)
and (
    {%- for column, value in columns.items() -%}
    {{ adapter.quote(column) }} is distinct from {{ value }}
    {{- ' or ' if not loop.last }}
    {%- endfor -%}
)
{%- endmacro %}

{# The condition that a record is one of a deleted customer and says more than
   may be kept of it. What it says is looked at only of theirs: JSON is slow. #}
{% macro erasure_whose(rule, columns) -%}
case
    when
    {%- for entity, ids in rule.owners.items() -%}
        {%- for id in ids %}
        {{ id }} in (select id from erased_ids where entity = '{{ entity }}') or
        {%- endfor -%}
    {%- endfor %}
        false
        then (
            {%- for column, value in columns.items() %}
            {{ adapter.quote(column) }} is distinct from {{ value }}
            {{- ' or' if not loop.last }}
            {%- endfor %}
        )
    else false
end
{%- endmacro %}

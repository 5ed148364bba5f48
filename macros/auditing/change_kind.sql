{# What the change of a column means by the rules of its extract. #}
{% macro change_kind(column, rule) -%}
case
    {%- if column in rule.settled %}
    when old_{{ column }} is not null then 'restated'
    {%- endif %}
    when was_ongoing then 'continued'
    {%- if column in rule.get('growing', []) %}
    when new_{{ column }} > coalesce(old_{{ column }}, 0) then 'grown'
    {%- endif %}
    else 'restated'
end
{%- endmacro %}

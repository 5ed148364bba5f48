{# Counts the rows of which a condition holds; null instead of 0 where of some
   it is not known whether it does. #}
{% macro count_if_known(condition) -%}
case
    when
        count(*) filter (where {{ condition }}) > 0
        or count(*) filter (where ({{ condition }}) is null) = 0
        then count(*) filter (where {{ condition }})
end
{%- endmacro %}

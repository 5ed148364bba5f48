{# A value of a vocabulary in lower snake case. Nearly all are capitals and
   underscores, which lower() turns five times as fast as the rest. An object or a
   list is no such value, and what is in it is not to be shown as one. #}
{% macro to_snake_case(column) -%}
case
    when left({{ column }}, 1) in ('{', '[') then null
    when
        contains({{ column }}, ' ')
        or contains({{ column }}, '/')
        or contains({{ column }}, '-')
        or {{ column }} = ''
        then nullif(translate(lower(trim({{ column }})), ' /-', '___'), '')
    else lower({{ column }})
end
{%- endmacro %}

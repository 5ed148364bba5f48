{% macro spark__json_id_list(column) -%}
case
    when {{ has_pattern('substr(' ~ column ~ ', 2)', '[\\[{]') }}
        or left({{ column }}, 1) != '['
        then to_json(transform(
            from_json({{ column }}, 'array<string>'),
            entry -> case when left(entry, 1) not in ('{', '[') then entry end
        ))
    else {{ column }}
end
{%- endmacro %}

{% macro default__json_id_list(column) -%}
case
    when regexp_matches(substr({{ column }}, 2), '[\[{]')
        or left({{ column }}, 1) != '['
        then cast({{ kept_json('try_cast(' ~ column ~ ' as json)', ['[]']) }} as varchar)
    else {{ column }}
end
{%- endmacro %}

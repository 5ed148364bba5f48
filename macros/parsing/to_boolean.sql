{% macro to_boolean(column) -%}
case
    when lower({{ column }}) in ('true', 't', 'yes', 'y', '1') then true
    when lower({{ column }}) in ('false', 'f', 'no', 'n', '0') then false
end
{%- endmacro %}

{# A JSON value without anything but the scalars at the given paths, and a list
   with as many elements as before. Whatever has another shape than expected, or
   cannot be read, is left out. #}
{% macro kept_json(value, paths) -%}
try(cast({{ kept_scalars(value, paths) }} as json))
{%- endmacro %}

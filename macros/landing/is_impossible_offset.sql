{# Whether a time has an offset from UTC that no place has: beyond 14 hours, or
   with 60 minutes and more. #}
{% macro is_impossible_offset(value) -%}
regexp_matches(
    {{ value }},
    ':[0-9.]+ ?[+-](1[5-9]|[2-9][0-9]|14:?(0[1-9]|[1-9][0-9])|[0-9]{2}:?[6-9][0-9])(:?[0-9]{2})?$'
)
{%- endmacro %}

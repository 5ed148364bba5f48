{# One row per step from a moment on, as long as it is before another. #}
{% macro moments_from(start, finish, step) -%}
{{ adapter.dispatch('moments_from', 'gladly')(start, finish, step) }}
{%- endmacro %}

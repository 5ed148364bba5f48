{# Cells of an extract that are not of the type its source declares, and times
   inside JSON that cannot be: staging reads them as null, by the same macro. #}
{% macro unreadable_values_in(extract) -%}
{{ adapter.dispatch('unreadable_values_in', 'gladly')(extract) }}
{%- endmacro %}

{# A listagg of distinct texts fails beside a count of distinct ones. #}
{% macro spark__list_texts(column, separator=', ') -%}
nullif(array_join(array_sort(collect_set({{ column }})), '{{ separator }}'), '')
{%- endmacro %}

{# A time as emitted that carries neither Z nor an offset, on its own clock;
   null when it carries one. #}
{% macro local_time(column) -%}
case
    when
        {{ column }} like '%Z'
        or {{ column }} like '% UTC'
        or {{ has_pattern(
            column, ':[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?$'
        ) }}
        then null
    else {{ try_timestamp(column) }}
end
{%- endmacro %}

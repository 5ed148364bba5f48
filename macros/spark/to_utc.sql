{# A time with a zone is read as one of the session, which is UTC. #}
{% macro spark__to_utc(column, timezone=none) -%}
case
    when {{ column }} like '%Z' or {{ column }} like '% UTC'
        then {{ try_timestamp(
            'regexp_replace(' ~ column ~ ", ' ?(Z|UTC)$', '')"
        ) }}
    when {{ has_pattern(column, ':[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?$') }}
        then cast(
            try_cast(
                regexp_replace(
                    regexp_replace({{ column }}, ' ([+-])', '$1'),
                    '([+-][0-9]{2}):?([0-9]{2})$',
                    '$1:$2'
                ) as timestamp_ltz
            ) as timestamp_ntz
        )
    {%- if timezone %}
    when {{ timezone }} != 'UTC'
        then {{ local_to_utc(try_timestamp(column), timezone) }}
    {%- endif %}
    else {{ try_timestamp(column) }}
end
{%- endmacro %}

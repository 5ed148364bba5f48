{% macro default__to_utc(column, timezone=none) -%}
case
    when {{ column }} like '%Z' or {{ column }} like '% UTC'
        then coalesce(
            try_cast({{ column }} as timestamp),
            -- Without seconds, which DuckDB reads only when there is no Z.
            try_cast(regexp_replace({{ column }}, ' ?(Z|UTC)$', '') as timestamp)
        )
    when regexp_matches({{ column }}, ':[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?$')
        then coalesce(
            try_cast({{ column }} as timestamptz),
            -- Nor does it read an offset without seconds or after a space.
            try_cast(regexp_replace(
                regexp_replace({{ column }}, ' ([+-])', '\1'),
                '([T ][0-9]{2}:[0-9]{2})([+-])',
                '\1:00\2'
            ) as timestamptz)
        ) at time zone 'UTC'
    {%- if timezone %}
    when {{ timezone }} != 'UTC'
        then (
            try_cast({{ column }} as timestamp) at time zone {{ timezone }}
        ) at time zone 'UTC'
    {%- endif %}
    else try_cast({{ column }} as timestamp)
end
{%- endmacro %}

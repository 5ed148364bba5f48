{# Spark has no list of time zones: landing writes down the one that DuckDB has.
   Compiled without building, it is an empty one. #}
{% macro spark__to_timezone(column) -%}
case
    when {{ column }} in (
            select name from {{ 'parquet.`' ~ landed_folder('time_zones') ~ '`'
                if flags.WHICH in ('run', 'build')
                else '(select cast(null as string) as name)' }}
        )
        then {{ column }}
end
{%- endmacro %}

{# Returns the folder of the share of the extracts that this build lands, and
   nothing where it lands them all. `scripts/landing_share.py` makes it. #}
{% macro landing_share() %}
    {{ return(env_var('GLADLY_LANDING_SHARE', '') if is_building() else '') }}
{% endmacro %}


{# Returns SQL for ids that Spark has resolved; nothing where it has not yet. #}
{% macro landed_ids(share, name) %}
    {% set files = sql_literal(
        literal_path(share ~ '/ids/' ~ name) ~ '/*.parquet'
    ) %}
    {% set found = run_query(
        'select count(*) from glob(' ~ files ~ ')'
    ).rows[0][0] %}
    {{ return(
        '(select * from read_parquet(' ~ files ~ '))' if found else ''
    ) }}
{% endmacro %}

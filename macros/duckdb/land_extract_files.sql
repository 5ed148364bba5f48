{% macro default__land_extract_files() %}
{% set share = landing_share() %}
{% if share %}
select * from read_parquet({{ sql_literal(literal_path(share) ~ '/files.parquet') }})
order by extract_file
{% elif is_building() %}
    {% for hint in misplaced_extracts() %}
        {% do log(hint, info=true) %}
    {% endfor %}
    {% set landed = landed_extract_files() %}
    {% do run_query(
        'create or replace temporary table seen_files as ' ~ look_at_files(landed)
    ) %}
select
    seen.* exclude (path),
    case
        when seen.damage is not null then seen.damage
        when unpacked.extract_file is not null
            then 'the same file is there without .gz'
        else misdated.reason
    end as set_aside_reason
from seen_files as seen
left join seen_files as unpacked
    on seen.extract_file = unpacked.extract_file || '.gz'
left join ({{ misdated_files() }}) as misdated
    on seen.extract_file = misdated.extract_file
order by seen.extract_file
{% else %}
{{ list_no_files() }}
{% endif %}
{% endmacro %}

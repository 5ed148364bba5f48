{% macro default__land_extract_files() %}
{% if is_building() %}
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
select
    cast(null as varchar) as extract_file,
    cast(null as varchar) as extract_name,
    cast(null as timestamp) as captured_at,
    cast(null as bigint) as byte_count,
    cast(null as varchar) as modified_at,
    cast(null as ubigint) as content_hash,
    cast(null as bigint) as record_count,
    cast(null as date) as newest_record_date,
    cast(null as boolean) as is_before_its_records,
    cast(null as varchar) as damage,
    cast(null as varchar) as set_aside_reason
where false
{% endif %}
{% endmacro %}

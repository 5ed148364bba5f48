{# An empty result with the columns of a landed extract. #}
{% macro land_nothing(fields) %}
select
    {% for field in fields %}
    cast(null as {{ 'json' if field.data_type == 'json' else 'varchar' }}) as {{ adapter.quote(field.column) }},
    {% endfor %}
    cast(null as json) as _unknown_fields,
    cast(null as varchar) as _extract_file,
    cast(null as timestamp) as _captured_at,
    cast(null as bigint) as _record_number,
    cast(null as ubigint) as _record_hash,
    cast(null as varchar) as _rejection_reason,
    cast(null as varchar) as _raw_record
where false
{% endmacro %}

{# The reader numbers the records it could read; this moves them to their
   position among all records, so that set-aside ones keep theirs. #}
{% macro number_around_rejects(extract) %}
    {% set format = extract_sources()[extract].meta.format if execute %}
    {% if has_rejected_lines() and format == 'csv' %}
    update {{ this }}
    set _record_number = _record_number + (
        select count(*)
        from ({{ rejected_lines() }}) as rejected
        where
            rejected.extract_file = _extract_file
            and rejected.record_number - rejected.rejects_so_far < _record_number
    )
    where _extract_file in (select extract_file from ({{ rejected_lines() }}))
    {% endif %}
{% endmacro %}

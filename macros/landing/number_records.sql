{# Numbers the records that were landed without: rows are stored in the order
   they were read, those of one file together, which the number of records in
   each file proves in a test. After the commit, because an update of rows that
   are not committed writes all of them a second time. A build that was stopped
   in between is mended by the next. #}
{% macro number_records() %}
    {% if is_building() %}
    update {{ this }}
    set _record_number = {{ this }}.rowid - firsts.first_rowid + 1
    from (
        select
            _extract_file,
            min(rowid) as first_rowid
        from {{ this }}
        where _record_number is null
        group by _extract_file
    ) as firsts
    where
        {{ this }}._record_number is null
        and {{ this }}._extract_file = firsts._extract_file
    {% endif %}
{% endmacro %}

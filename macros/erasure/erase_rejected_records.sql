{# Blanks the raw text of rejected records that may tell about a deleted
   customer, and returns how many there were. Text that names no customer we know
   could be anybody's, so it stays only while nobody is deleted. #}
{% macro erase_rejected_records(base_table, erased) %}
    {% set words %}
        unnest(regexp_extract_all(_raw_record, '[A-Za-z0-9_-]+'))
    {% endset %}
    {% set whose %}
        _raw_record is not null
        and exists (select 1 from {{ erased }} where customer_status = 'deleted')
        and (_extract_file, _record_number) not in (
            select (named._extract_file, named._record_number)
            from (
                select _extract_file, _record_number, {{ words }} as word
                from {{ base_table }}
                where _raw_record is not null
            ) as named
            left join {{ erased }} as customers
                on named.word = customers.reported_customer_id
            group by named._extract_file, named._record_number
            having
                count(customers.reported_customer_id) > 0
                and not coalesce(
                    bool_or(customers.customer_status = 'deleted'), false
                )
        )
    {% endset %}
    {% set found = run_query(
        'select count(*) from ' ~ base_table ~ ' where ' ~ whose
    ).rows[0][0] %}
    {% if found > 0 %}
        {% do run_query(
            'update ' ~ base_table ~ ' set _raw_record = null where ' ~ whose
        ) %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}

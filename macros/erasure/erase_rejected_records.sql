{# Blanks rejected records that may be about a deleted customer, and returns how
   many there were. One that names no customer we know could be anybody's, so it
   stays only while no customer is deleted; no model reads its fields. #}
{% macro erase_rejected_records(base_table, fields, customer_ids) %}
    {% set columns = fields | map(attribute='column') | list %}
    {% do columns.append('_raw_record') %}
    {% set quoted, texts = [], [] %}
    {% for column in columns %}
        {% do quoted.append(adapter.quote(column)) %}
        {% do texts.append('cast(' ~ quoted[-1] ~ ' as varchar)') %}
    {% endfor %}
    {% set text = "concat_ws(' ', " ~ texts | join(', ') ~ ')' %}
    {# An id that a company gave may have dots and the like in it. #}
    {% set words %}
        unnest(list_concat(
            regexp_extract_all({{ text }}, '[A-Za-z0-9_-]+'),
            regexp_extract_all({{ text }}, '[^\s",\\]+')
        ))
    {% endset %}
    {% set whose %}
        _rejection_reason is not null
        and ({{ quoted | join(' is not null or ') }} is not null)
        and (_extract_file, _record_number) not in (
            select (named._extract_file, named._record_number)
            from (
                select _extract_file, _record_number, {{ words }} as word
                from {{ base_table }}
                where _rejection_reason is not null
            ) as named
            left join {{ customer_ids }} as customers
                on named.word = customers.reported_customer_id
            left join erased_ids on named.word = erased_ids.id
            group by named._extract_file, named._record_number
            having
                count(customers.reported_customer_id) > 0
                and count(erased_ids.id) = 0
        )
    {% endset %}
    {% set found = run_query(
        'select count(*) from ' ~ base_table ~ ' where ' ~ whose
    ).rows[0][0] %}
    {% if found > 0 %}
        {% do remember_blocks(base_table, is_due=true, rows=whose) %}
        {% do record_erasure(base_table) %}
        {% do run_query(
            'update ' ~ base_table ~ ' set ' ~ quoted | join(' = null, ')
            ~ ' = null where ' ~ whose
        ) %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}

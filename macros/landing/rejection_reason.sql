{# Why a record cannot be used although it could be read: no key, or a value
   that is not of the type its source declares. #}
{% macro rejection_reason(fields) -%}
case
    {% for field in fields if field.is_key %}
    when {{ field.value }} is null then {{ sql_literal('no ' ~ field.name) }}
    {% endfor %}
    {% for field in fields if field.column == 'timezone_filter' %}
    when {{ field.value }} not in (select name from pg_timezone_names())
        then 'unknown time zone in Timezone Filter'
    {% endfor %}
    {% for field in fields if field.data_type == 'timestamp' %}
    when {{ field.value }} is not null and try_cast({{ field.value }} as timestamp) is null
        then {{ sql_literal('unreadable timestamp in ' ~ field.name) }}
    {% endfor %}
    {% for field in fields if field.data_type == 'number' %}
    when {{ field.value }} is not null and try_cast({{ field.value }} as double) is null
        then {{ sql_literal('unreadable number in ' ~ field.name) }}
    {% endfor %}
    {% for field in fields if field.data_type == 'boolean' %}
    when {{ field.value }} is not null and {{ to_boolean(field.value) }} is null
        then {{ sql_literal('neither true nor false in ' ~ field.name) }}
    {% endfor %}
end
{%- endmacro %}

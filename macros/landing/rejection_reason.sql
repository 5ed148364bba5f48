{# Why a record cannot be used although it could be read: no key, or a time
   nobody can read. A time of another century is one that was never set, such as
   0001-01-01: days are counted from the first time of all. #}
{% macro rejection_reason(fields) -%}
case
    {% for field in fields if field.is_key %}
    when {{ field.value }} is null then {{ sql_literal('no ' ~ field.name) }}
    {% endfor %}
    {% set either = fields | selectattr('is_alternative_key') | list %}
    {% if either %}
    when coalesce({{ either | map(attribute='value') | join(', ') }}) is null
        then {{ sql_literal('no ' ~ either | map(attribute='name') | join(' or ')) }}
    {% endif %}
    {% for field in fields if field.column == 'timezone_filter' %}
    when {{ field.value }} not in (select name from pg_timezone_names())
        then 'unknown time zone in Timezone Filter'
    {% endfor %}
    {% for field in fields if field.data_type == 'timestamp' %}
    when {{ field.value }} is not null
        and not coalesce(
            {{ to_utc(field.value) }}
                between timestamp '2000-01-01' and timestamp '2100-01-01',
            false
        )
        then {{ sql_literal('unreadable timestamp in ' ~ field.name) }}
    {% endfor %}
    else null
end
{%- endmacro %}

{# Why a record cannot be used although it could be read: no key, an id that is
   none or would be another one for its blanks, or a time that is none. A time
   of another century is one that was never set, such as 0001-01-01, and one a
   week after its capture had not come: days are counted from the first time of
   all to the last. #}
{% macro rejection_reason(fields) -%}
case
    {# A key that is no id and no time is a word: an object is none. #}
    {% for field in fields if field.is_key %}
    {% set is_word = field.data_type == 'varchar' and not field.ids %}
    when {{ to_snake_case(field.value) if is_word else field.value }} is null
        then {{ sql_literal('no ' ~ field.name) }}
    {% endfor %}
    {% set either = fields | selectattr('is_alternative_key') | list %}
    {% if either %}
    when coalesce({{ either | map(attribute='value') | join(', ') }}) is null
        then {{ sql_literal('no ' ~ either | map(attribute='name') | join(' or ')) }}
    {% endif %}
    {% for field in fields if field.ids %}
    when {{ is_no_single_id(field) }}
        then {{ sql_literal(
            'no single id, or one with blanks around it, in ' ~ field.name
        ) }}
    {% endfor %}
    {% for field in fields if field.column == 'timezone_filter' %}
    when {{ field.value }} not in (select name from pg_timezone_names())
        then 'unknown time zone in Timezone Filter'
 {% if field.value != 'cast(null as varchar)' %}
    when {{ field.value }} is null
        and (
            {% for time in fields if time.data_type == 'timestamp' %}
            coalesce(not regexp_matches(
                {{ time.value }}, '(Z| UTC|:[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?)$'
            ), false)
            {{ 'or' if not loop.last }}
            {% endfor %}
        )
        then 'no time zone in Timezone Filter'
    {% endif %}
    {% endfor %}
    {% for field in fields if field.data_type == 'timestamp' %}
    when {{ field.value }} is not null
        and not {{ is_possible_time(field.value, field.may_be_later) }}
        then case
            when
                {{ to_utc(field.value) }} between _captured_at
                and timestamp '2100-01-01'
                and not {{ is_impossible_offset(field.value) }}
                then {{ sql_literal('time later than its capture in ' ~ field.name) }}
            else {{ sql_literal('unreadable timestamp in ' ~ field.name) }}
        end
    {% endfor %}
    else null
end
{%- endmacro %}

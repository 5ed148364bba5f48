{# Why a record cannot be used although it could be read: no key, an id that is
   none or would be another one for its blanks, or a time that is none. A time
   of another century is one that was never set, such as 0001-01-01, and one a
   week after its capture had not come: days are counted from the first time of
   all to the last. A cell of blanks alone is none. #}
{% macro rejection_reason(fields) -%}
case
    {# A key that is no id and no time is a word: an object is none. #}
    {% for field in fields if field.is_key %}
    {% set is_word = field.data_type == 'varchar' and not field.ids %}
    {% set is_time = field.data_type == 'timestamp' %}
    when
        {% if is_word %}
        {{ to_snake_case(field.value) }}
        {% elif is_time %}
        nullif(trim({{ field.value }}), '')
        {% else %}
        {{ field.value }}
        {% endif %}
        is null
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
                nullif(trim({{ time.value }}), ''), '(Z| UTC|:[0-9.]+ ?[+-][0-9]{2}(:?[0-9]{2})?)$'
            ), false)
            {{ 'or' if not loop.last }}
            {% endfor %}
        )
        then 'no time zone in Timezone Filter'
    {% endif %}
    {% endfor %}
    {% for field in fields if field.data_type == 'timestamp' %}
    when trim({{ field.value }}) != ''
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


{# Whether a field holds something else where an id should stand: a list, an
   object, a yes or no, or a text with a blank or a control character at an
   end. As text it would be an id of its own. Quotation marks inside a text are
   escaped in JSON, so a text about ids is none. #}
{% macro is_no_single_id(field) -%}
{%- if field.data_type == 'json' -%}
coalesce(regexp_matches(
    cast({{ field.value }} as varchar),
    '"({{ field.ids | join('|') }})"\s*:\s*([\[{]|true|false|"([\p{Z}\p{C}]|\\[bfnrt]|\\u00[01]|[^"]*([\p{Z}\p{C}]|\\[bfnrt]|\\u00[01].)"))'
), false)
{%- else -%}
coalesce(
    (left({{ field.value }}, 1) in ('[', '{') and json_valid({{ field.value }}))
    or {{ field.value }} in ('true', 'false')
    or regexp_matches({{ field.value }}, '^[\p{Z}\p{C}]|[\p{Z}\p{C}]$'),
    false
)
{%- endif -%}
{%- endmacro %}


{# Whether a time has an offset from UTC that no place has: beyond 14 hours, or
   with 60 minutes and more. #}
{% macro is_impossible_offset(value) -%}
{{ has_pattern(
    value,
    ':[0-9.]+ ?[+-](1[5-9]|[2-9][0-9]|14:?(0[1-9]|[1-9][0-9])|[0-9]{2}:?[6-9][0-9])(:?[0-9]{2})?$'
) }}
{%- endmacro %}

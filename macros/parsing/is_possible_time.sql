{# Whether a time may be one that was set: not of another century nor the first
   day of this one, which stands for no time in some systems, and not more
   than a week after its capture; ten years where it is one to come. #}
{% macro is_possible_time(value, may_be_later=false) -%}
coalesce(
    {{ to_utc(value) }} between timestamp '2000-01-02' and least(
        timestamp '2100-01-01',
        _captured_at + interval {{ '3660 days' if may_be_later else '7 days' }}
    )
    and not {{ is_impossible_offset(value) }},
    false
)
{%- endmacro %}

{# The earliest of several times, or where it is cut to the second or minute,
   the earliest of that second or minute as the others have it. #}
{% macro first_moment(moments) -%}
{%- set earliest = 'least(' ~ moments | join(', ') ~ ')' -%}
coalesce(
    {%- for unit in ['second', 'minute'] %}
    least(
        {%- for moment in moments %}
        case when {{ is_finer(moment, earliest, unit) }} then {{ moment }} end
        {{- ',' if not loop.last }}
        {%- endfor %}
    ),
    {%- endfor %}
    {{ earliest }}
)
{%- endmacro %}

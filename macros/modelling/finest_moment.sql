{# The first of several times by the order of preference, or where it is cut to
   the second or the minute, the same moment as the others have it. #}
{% macro finest_moment(moments) -%}
{%- set chosen = 'coalesce(' ~ moments | join(', ') ~ ')' -%}
case
    {%- for unit in ['second', 'minute'] %}
    {%- for moment in moments[1:] %}
    when {{ is_finer(moment, chosen, unit) }} then {{ moment }}
    {%- endfor %}
    {%- endfor %}
    else {{ chosen }}
end
{%- endmacro %}

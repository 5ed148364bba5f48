{# The first of several times by the order of preference, or where it is cut to
   the second, the same moment as the others have it. #}
{% macro finest_moment(moments) -%}
{%- set chosen = 'coalesce(' ~ moments | join(', ') ~ ')' -%}
case
    {%- for moment in moments[1:] %}
    when
        {{ is_cut_to_second(chosen) }}
        and {{ is_same_moment(chosen, moment) }}
        and not {{ is_cut_to_second(moment) }}
        then {{ moment }}
    {%- endfor %}
    else {{ chosen }}
end
{%- endmacro %}

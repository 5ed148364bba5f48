{# A count of what is open at the end of a day: what was so when its extracts
   end stays open, as their intervals do; before they begin, none is unknown. #}
{% macro open_if_covered(change, key, day, subject, unless=none) -%}
cast(coalesce(
    nullif(sum({{ change }}) over (partition by {{ key }} order by {{ day }}), 0),
    case
        {%- if unless %}
        when {{ unless }} then null
        {%- endif %}
        when
            {{ day }} >= min({{ day }}) filter (
                where covered_days.covers_{{ subject }}
            ) over ()
            then 0
    end
) as bigint)
{%- endmacro %}

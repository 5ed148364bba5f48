{# A daily measure: what was counted, 0 on a day that the extracts of its
   subject cover, null on one that they do not: that none was found there proves
   nothing. Nor does it where the extracts do not report what is counted. #}
{% macro zero_if_covered(measure, subject, unless=none) -%}
coalesce(
    nullif({{ measure }}, 0),
    case
        {%- if unless %}
        when {{ unless }} then null
        {%- endif %}
        when covered_days.covers_{{ subject }} then 0
    end
)
{%- endmacro %}

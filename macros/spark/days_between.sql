{# A sequence that would go backwards counts down. #}
{% macro spark__days_between(first, last) -%}
explode(
    case
        when {{ first }} <= {{ last }}
            then sequence(cast({{ first }} as date), cast({{ last }} as date))
    end
)
{%- endmacro %}

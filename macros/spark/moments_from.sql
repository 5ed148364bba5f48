{# A sequence that would go backwards is an error. #}
{% macro spark__moments_from(start, finish, step) -%}
explode(
    case
        when {{ start }} < {{ finish }}
            then sequence(
                {{ start }},
                {{ finish }} - interval 1 microsecond,
                interval {{ step }}
            )
    end
)
{%- endmacro %}

{# Selects the keys of the parts that read rows of an input: these rows' own, or
   those of the rows that look them up. #}
{% macro asking_parts(parts, input, values) %}
    {% if input in parts.cut %}
        {{ return(values) }}
    {% endif %}
    {% set looked_up = parts.looked_up[input] %}
    {% set asking = ref(looked_up.asked_by) | string %}
    {% set asking_values %}
        select
            asking.{{ parts.cut.get(asking)
                or parts.looked_up[asking].column }} as value
        from {{ asking }} as asking
        semi join ({{ values }}) as touched
            on asking.{{ looked_up.asked_with }} = touched.value
    {% endset %}
    {{ return(asking_parts(parts, asking, asking_values)) }}
{% endmacro %}

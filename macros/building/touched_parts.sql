{# Selects the keys of those parts of the model's table that have to be made
   anew; none when all of it has, for something that it is not parted by has
   changed, or in keys that are not known. #}
{% macro touched_parts(steps) %}
    {% set parts = rebuilt_by(model) or {'cut': {}, 'looked_up': {}} %}
    {% set selected = [] %}
    {% for input, step in steps.items() if step != 'same' %}
        {% set column = parts.cut.get(input)
            or parts.looked_up.get(input, {}).get('column') %}
        {% if not (step and column) %}
            {{ return(none) }}
        {% endif %}
        {% set values %}
            select value
            from {{ touched_keys() }}
            where
                relation_name = {{ sql_literal(input) }}
                and version = {{ sql_literal(step) }}
                and column_name = {{ sql_literal(column) }}
        {% endset %}
        {% do selected.append(asking_parts(parts, input, values)) %}
    {% endfor %}
    {{ return(
        'select distinct value from (' ~ selected | join(' union all ') ~ ')'
    ) }}
{% endmacro %}

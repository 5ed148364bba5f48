{# How a part of a model's table is made anew, as its meta says: the column
   whose values part it, the columns that inputs are cut by, and by which
   column an input is looked up with which column of another. None for a model
   whose table is made whole. #}
{% macro rebuilt_by(node) %}
    {% set meta = node.config.meta or {} %}
    {% if not meta.get('rebuilt_by') %}
        {{ return(none) }}
    {% endif %}
    {% set parts = {'column': meta.rebuilt_by, 'cut': {}, 'looked_up': {}} %}
    {% set cut_by = meta.get('rebuilt_from', {}) %}
    {% set looked_up = {} %}
    {% for found, asking in meta.get('rebuilt_through', {}).items() %}
        {% do looked_up.update({found.split('.')[0]: {
            'column': found.split('.')[1],
            'asked_by': asking.split('.')[0],
            'asked_with': asking.split('.')[1],
        }}) %}
    {% endfor %}
    {% for parent in node.depends_on.nodes %}
        {% set input = graph.nodes.get(parent, {}) %}
        {% if input.name in looked_up %}
            {% do parts.looked_up.update({
                input.relation_name: looked_up[input.name]
            }) %}
        {% elif input.name in cut_by %}
            {% do parts.cut.update({input.relation_name: cut_by[input.name]}) %}
        {% elif input.resource_type == 'model'
            and parts.column in input.columns %}
            {% do parts.cut.update({input.relation_name: parts.column}) %}
        {% endif %}
    {% endfor %}
    {{ return(parts) }}
{% endmacro %}

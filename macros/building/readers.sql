{# The models that read the model's table. #}
{% macro readers() %}
    {% set found = [] %}
    {% for node in graph.nodes.values()
        | selectattr('resource_type', 'equalto', 'model')
        if model.unique_id in node.depends_on.nodes %}
        {% do found.append(node) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

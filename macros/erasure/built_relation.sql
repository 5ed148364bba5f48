{# Returns the relation of a model of this project, wherever the project
   that runs puts it; none when it has not been built yet. Stops the build
   when it should be there. #}
{% macro built_relation(model) %}
    {% set found = [] %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.name == model
        and node.package_name == 'gladly' %}
        {% do found.append(node) %}
    {% endfor %}
    {% if not found %}
        {{ exceptions.raise_compiler_error(
            'Deleted customers cannot be erased: the model ' ~ model
            ~ ' is disabled or gone. Enable it.'
        ) }}
    {% endif %}
    {% set relation = adapter.get_relation(
        found[0].database, found[0].schema, found[0].alias
    ) %}
    {{ return(relation) }}
{% endmacro %}

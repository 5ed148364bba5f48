{% macro extract_sources() %}
    {% set extracts = {} %}
    {% if execute %}
        {% for source in graph.get('sources', {}).values()
            if source.source_name == 'gladly' %}
            {% do extracts.update({source.name: source}) %}
        {% endfor %}
    {% endif %}
    {{ return(extracts) }}
{% endmacro %}

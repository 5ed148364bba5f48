{# Per extract with records of customers: the expressions that say whose a
   record is and in which conversation, and what each column that may hold
   personal data becomes. All of it follows from what the sources declare to
   be kept. #}
{% macro erasure_rules() %}
    {% set rules = {} %}
    {% for extract, source in extract_sources().items()
        if source.meta.get('about_customers', true) %}
        {% set columns = {} %}
        {% for field in landed_fields(source) %}
            {% set kept = kept_paths(source, field.name) %}
            {% if field.data_type == 'json' %}
                {% do columns.update({
                    field.column: erased_content(adapter.quote(field.column))
                    if (extract, field.column) == ('conversation_items', 'content')
                    else kept_json(adapter.quote(field.column), kept)
                }) %}
            {% elif not kept %}
                {% set meta = source.columns[field.name].meta %}
                {% if meta.get('data_subject') != 'agent' %}
                    {% do columns.update({field.column: 'null'}) %}
                {% endif %}
            {% endif %}
        {% endfor %}
        {% do columns.update({
            '_unknown_fields': erased_fields('_unknown_fields')
        }) %}
        {% set owners = {'customer': [], 'conversation': []} %}
        {% for entity, ids in owners.items() %}
            {% for path in source.meta.get(entity ~ '_ids', []) %}
                {% set parts = path.split('.', 1) %}
                {% set column = adapter.quote(base_column_name(parts[0])) %}
                {% do ids.append(
                    json_text(column, parts[1]) if parts | length > 1 else column
                ) %}
            {% endfor %}
        {% endfor %}
        {% do rules.update({extract: {'columns': columns, 'owners': owners}}) %}
    {% endfor %}
    {{ return(rules) }}
{% endmacro %}

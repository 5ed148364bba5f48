{# Selects the versions of all that the model's table is made of, as a map from
   its name; null for what has no known version. A base table is made of its
   files, and of what was erased in it. #}
{% macro input_versions() %}
    {% set extract = model.name | replace('base_gladly__', '') %}
    {% set tables = [] %}
    {% set texts = {} %}
    {% if extract == 'extract_files' %}
        {# Read from the folder, always. #}
        {% do texts.update({'files': rows_as_text(this)}) %}
    {% elif extract != model.name %}
        {% do tables.append(this ~ ' erased') %}
        {% do texts.update({'files': rows_as_text(
            ref('base_gladly__extract_files'),
            'extract_file, content_hash',
            'set_aside_reason is null and extract_name = ' ~ sql_literal(extract)
        )}) %}
    {% else %}
        {% for parent in model.depends_on.nodes %}
            {% set node = graph.nodes.get(parent, {}) %}
            {% if node.resource_type == 'seed' %}
                {% do texts.update({
                    node.relation_name: rows_as_text(node.relation_name)
                }) %}
            {% elif node.resource_type == 'model' %}
                {% do tables.append(node.relation_name) %}
            {% endif %}
        {% endfor %}
    {% endif %}
(
    select map(list(name order by name), list(version order by name))
    from (
        select
            names.name,
            {# What was never erased in has no version. #}
            case
                when ends_with(names.name, ' erased')
                    then coalesce(newest.version, '')
                else newest.version
            end as version
        from (select unnest({{ sql_list(tables) }}::varchar[]) as name) as names
        left join ({{ newest_versions() }}) as newest
            on names.name = newest.relation_name
        {% for name, text in texts.items() %}
        union all
        select {{ sql_literal(name) }} as name, md5({{ text }}) as version
        {% endfor %}
    )
)
{% endmacro %}

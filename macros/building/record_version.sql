{# Writes down what the model's table is built from. Where differing says in
   which keys its rows are others than before, and there are none, the version
   stays, and readers leave their tables as they are. #}
{% macro record_version(is_compared=false, before=none, is_in_parts=false) %}
    insert into {{ table_versions() }} by name
    with

    built as (
        select
            {{ sql_literal(this) }} as relation_name,
            (select count(*) from {{ table_versions() }}) as number,
            {{ code_version() }} as code,
            inputs,
            {{ version_of_inputs('inputs') }} as built_from,
            {{ is_in_parts }} as is_in_parts
        from (select {{ input_versions() }} as inputs)
    )

    {% if is_compared %}
    select
        built.*,
        case when step.is_taken then built.built_from else before.version end
            as version,
        case when step.is_taken then before.version else before.previous end
            as previous
    from built
    cross join (select count(*) > 0 as is_taken from differing) as step
    cross join (
        {% if before %}
        select {{ sql_literal(before) }} as version, null as previous
        {% else %}
        select version, previous
        from ({{ newest_versions() }})
        where relation_name = {{ sql_literal(this) }}
        {% endif %}
    ) as before
    {% else %}
    select built.*, built.built_from as version
    from built
    {% endif %}
{% endmacro %}

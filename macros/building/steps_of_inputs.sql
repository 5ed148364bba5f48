{# How what the model's table is made of went on since it was built: 'same',
   the version that is the next after that, with the touched keys written
   down, or none for any other. Empty when there is no table, or its SQL is
   another now. #}
{% macro steps_of_inputs(standing) %}
    {% set steps = {} %}
    {% if flags.FULL_REFRESH or standing is none
        or standing.is_view != (model.config.materialized == 'view')
        or model.name == 'base_gladly__extract_files' %}
        {{ return(steps) }}
    {% endif %}
    {% set ask %}
        with

        versions as ({{ newest_versions() }}),

        inputs as (
            select unnest(map_entries({{ input_versions() }}), recursive := true)
        )

        select
            inputs.key,
            case
                when inputs.value = built.inputs[inputs.key] then 'same'
                when newest.previous = built.inputs[inputs.key] then newest.version
            end
        from inputs
        inner join versions as built
            on
                built.relation_name = {{ sql_literal(this) }}
                and built.version is not null
                and built.code = {{ code_version() }}
        left join versions as newest on inputs.key = newest.relation_name
    {% endset %}
    {% for row in run_query(ask).rows %}
        {% do steps.update({row[0]: row[1]}) %}
    {% endfor %}
    {{ return(steps) }}
{% endmacro %}

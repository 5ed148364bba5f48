{# An expression for a hash of all that the model's rows are a function of. Null
   when the version of something is not known. #}
{% macro version_of_inputs() %}
(
    select
        case
            when list_count(map_values(inputs)) = cardinality(inputs)
                then md5({{ code_version() }} || cast(inputs as varchar))
        end
    from (select {{ input_versions() }} as inputs)
)
{% endmacro %}

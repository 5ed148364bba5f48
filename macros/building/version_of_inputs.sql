{# An expression for a hash of all that the model's rows are a function of, from
   the versions of its inputs. Null when that of one is not known. #}
{% macro version_of_inputs(inputs) %}
case
    when list_count(map_values({{ inputs }})) = cardinality({{ inputs }})
        then md5({{ code_version() }} || cast({{ inputs }} as varchar))
end
{% endmacro %}

{# What other extracts must hold is unknown: an optional extract that
   is missing leaves its tables empty, and that is right. #}
{% test minimum_rows(model, rows, on_sample_only=none) %}

{% set is_asked = on_sample_only is false
    or extracts_path() == 'extracts/sample' %}

with

counted as (

    select count(*) as row_count
    from {{ model }}

),

short as (

    select * from counted
    where row_count < {{ rows if is_asked else 0 }}

)

select * from short

{% endtest %}

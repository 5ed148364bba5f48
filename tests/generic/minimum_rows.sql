{% test minimum_rows(model, rows) %}

with

counted as (

    select count(*) as row_count
    from {{ model }}

)

select
    row_count,
    {{ rows }} as minimum_row_count
from counted
where row_count < {{ rows }}

{% endtest %}

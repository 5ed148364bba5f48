{# CTEs that pair what ended with what began later, one to one and in turn: of one
   kind, whatever begins goes on with what ended first of all that ended in an
   earlier job and is not gone on with yet. Takes CTEs of ends and starts with
   item_series_id, kind_key, job_number and record_number; `<name>` has
   item_series_id and next_item_series_id. #}
{% macro pair_in_turn(ends, starts, name) -%}
{{ name }}_ends as (

    select
        item_series_id,
        kind_key,
        job_number,
        row_number() over (
            partition by kind_key
            order by job_number, record_number, item_series_id
        ) as turn
    from {{ ends }}

),

{{ name }}_moves as (

    select
        item_series_id,
        kind_key,
        2 * job_number as position,
        record_number,
        1 as start_count,
        0 as end_count
    from {{ starts }}

    union all

    select
        item_series_id,
        kind_key,
        2 * job_number + 1 as position,
        0 as record_number,
        0 as start_count,
        1 as end_count
    from {{ name }}_ends

),

{{ name }}_counted as (

    select
        *,
        sum(start_count) over in_order as started_count,
        sum(start_count - end_count) over in_order as ongoing_count
    from {{ name }}_moves
    window in_order as (
        partition by kind_key
        order by position, record_number, item_series_id
        rows between unbounded preceding and current row
    )

),

{# More than ever before have begun and not ended: so many are new. #}
{{ name }}_peaks as (

    select
        *,
        greatest(
            0,
            max(ongoing_count) over (
                partition by kind_key
                order by position, record_number, item_series_id
                rows between unbounded preceding and current row
            )
        ) as new_count
    from {{ name }}_counted

),

{{ name }}_turns as (

    select
        item_series_id,
        kind_key,
        started_count - new_count as turn,
        new_count > lag(new_count, 1, 0) over (
            partition by kind_key
            order by position, record_number, item_series_id
        ) as is_new
    from {{ name }}_peaks
    qualify start_count = 1

),

{{ name }} as (

    select
        {{ name }}_ends.item_series_id,
        {{ name }}_turns.item_series_id as next_item_series_id
    from {{ name }}_turns
    inner join {{ name }}_ends
        on
            {{ name }}_turns.kind_key = {{ name }}_ends.kind_key
            and {{ name }}_turns.turn = {{ name }}_ends.turn
    where not {{ name }}_turns.is_new

)
{%- endmacro %}

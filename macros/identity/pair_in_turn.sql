{# CTEs that pair what ended with what began later, one to one: of one kind,
   whatever begins goes on with what ended last of all that ended in an earlier job
   and is not gone on with yet, in the order of the file within a job. Takes CTEs of
   ends and starts with item_series_id, kind_key, job_number and record_number;
   `<name>` has item_series_id and next_item_series_id. #}
{% macro pair_in_turn(ends, starts, name) -%}
{{ name }}_moves as (

    select
        item_series_id,
        kind_key,
        2 * job_number as position,
        record_number as place,
        1 as start_count
    from {{ starts }}

    union all

    select
        item_series_id,
        kind_key,
        2 * job_number + 1 as position,
        -record_number as place,
        -1 as start_count
    from {{ ends }}

),

{{ name }}_counted as (

    select
        *,
        sum(start_count) over (
            partition by kind_key
            order by position, place, item_series_id
            rows between unbounded preceding and current row
        ) as ongoing_count
    from {{ name }}_moves

),

{# As many are new as go on at once beyond what ever went on at once before. #}
{{ name }}_peaks as (

    select
        *,
        greatest(
            0,
            max(ongoing_count) over (
                partition by kind_key
                order by position, place, item_series_id
                rows between unbounded preceding and current row
            )
        ) as new_count
    from {{ name }}_counted

),

{# What has ended waits on a pile, of which the top is gone on with. #}
{{ name }}_piled as (

    select
        item_series_id,
        kind_key,
        position,
        place,
        start_count,
        new_count - ongoing_count
        + case when start_count = 1 then 1 else 0 end as height,
        start_count = 1
        and new_count > lag(new_count, 1, 0) over (
            partition by kind_key
            order by position, place, item_series_id
        ) as is_new
    from {{ name }}_peaks

),

{{ name }}_followed as (

    select
        item_series_id as next_item_series_id,
        lag(item_series_id) over (
            partition by kind_key, height
            order by position, place, item_series_id
        ) as item_series_id,
        start_count
    from {{ name }}_piled
    where not is_new

),

{{ name }} as (

    select
        item_series_id,
        next_item_series_id
    from {{ name }}_followed
    where start_count = 1

)
{%- endmacro %}

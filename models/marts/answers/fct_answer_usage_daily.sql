with

usage as (

    select * from {{ ref('int_answer_usage_compared') }}
    where outcome = 'in_fact'

),

summed as (

    select
        {{ hashed_key(['answer_id', 'usage_date']) }} as answer_usage_daily_key,
        answer_id,
        usage_date,
        cast(sum(click_count) as bigint) as click_count
    from usage
    group by answer_id, usage_date

)

select * from summed

with

mentions as (

    select * from {{ ref('int_inbox_mentions_unioned') }}

),

named as (

    select
        inbox_id,
        max_by(inbox_name, (_captured_at, inbox_name)) as inbox_name
    from mentions
    group by inbox_id

)

select * from named

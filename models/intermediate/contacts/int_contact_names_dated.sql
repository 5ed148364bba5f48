with

captures as (

    select * from {{ ref('stg_gladly__contact_export_captures') }}

),

printed as (

    select
        contact_id,
        'queued_inbox' as reference,
        queued_inbox_name as printed_name,
        _captured_at
    from captures

    union all

    select
        contact_id,
        'ended_inbox' as reference,
        ended_inbox_name as printed_name,
        _captured_at
    from captures

    union all

    select
        contact_id,
        'ended_agent' as reference,
        ended_agent_name as printed_name,
        _captured_at
    from captures

),

dated as (

    select
        contact_id,
        reference,
        printed_name,
        min(_captured_at) as first_printed_at,
        max(_captured_at) as last_printed_at
    from printed
    where printed_name is not null
    group by contact_id, reference, printed_name

)

select * from dated

with

balance as (

    select * from {{ ref('audit_row_balance') }}

),

required as (

    select
        sum(record_count) filter (
            where extract_name = 'conversation_export_report'
        ) as conversation_count,
        sum(record_count) filter (
            where
            extract_name in ('work_session_events', 'contact_export_report')
        ) as contact_count
    from balance
    where
        outcome not in (
            'in_files', 'set_aside_with_file', 'landed', 'rejected',
            'superseded'
        )

),

unusable as (

    select * from required
    where conversation_count = 0 or contact_count = 0

)

select * from unusable

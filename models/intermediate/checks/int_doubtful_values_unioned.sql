{% set caps = var('report_row_caps') %}

with

contact_references as (

    select * from {{ ref('int_contact_references_matched') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}
    where transferred_to_inbox_name is not null

),

inboxes_named as (

    select
        compared_name,
        max(coalesce(printed_to, timestamp '9999-12-31')) as printed_to
    from {{ ref('int_name_holders_aggregated') }}
    where entity = 'inbox'
    group by compared_name
    having count(distinct entity_id) = 1

),

customer_lookups as (

    select * from {{ ref('stg_gladly__customer_lookups') }}

),

conversation_lookups as (

    select * from {{ ref('stg_gladly__conversation_lookups') }}

),

answer_usage as (

    select * from {{ ref('int_answer_usage_compared') }}

),

reports as (

    select * from {{ ref('stg_gladly__extract_files') }}
    where
        extract_name like '%_report' or extract_name = 'work_session_events'

),

-- Between two caps a report was asked for under the higher one, and is whole.
cut_reports as (

    select
        extract_name,
        extract_file
    from reports
    where
        record_count in ({{ caps | join(', ') }})
        or record_count >= {{ caps | max }}

),

unioned as (

    select
        'contact_export_report' as extract_name,
        concat(reference, '_name') as field_name,
        concat(match_status, ' name of ', entity) as problem,
        printed_name as reported_value
    from contact_references
    where match_status in ('unmatched', 'ambiguous', 'guessed')

    union all

    select
        'contact_timestamps_report' as extract_name,
        'Transferred To Inbox Name' as field_name,
        'name of no inbox or of several' as problem,
        contact_timestamps.transferred_to_inbox_name as reported_value
    from contact_timestamps
    left join inboxes_named
        on
            lower(trim(contact_timestamps.transferred_to_inbox_name))
            = inboxes_named.compared_name
            and contact_timestamps._captured_at < inboxes_named.printed_to
    where inboxes_named.compared_name is null

    union all

    -- R11; Gladly redirects no conversation, so this is no evidence.
    select
        'conversation_lookups' as extract_name,
        'resolvedId' as field_name,
        'redirect of a conversation' as problem,
        resolved_conversation_id as reported_value
    from conversation_lookups
    where lookup_outcome = 'moved'

    union all

    -- Such as 410, a redirect to nowhere, or no status at all.
    select
        'customer_lookups' as extract_name,
        'status' as field_name,
        'look-up that proves nothing' as problem,
        cast(http_status as string) as reported_value
    from customer_lookups
    where lookup_outcome = 'unclear'

    union all

    select
        'conversation_lookups' as extract_name,
        'status' as field_name,
        'look-up that proves nothing' as problem,
        cast(http_status as string) as reported_value
    from conversation_lookups
    where lookup_outcome = 'unclear'

    union all

    select
        'answer_usage_report' as extract_name,
        'Date' as field_name,
        'bucket longer than a day' as problem,
        bucket_width as reported_value
    from answer_usage
    where outcome = 'set_aside_longer_than_a_day'

    union all

    select
        extract_name,
        'all' as field_name,
        'cut at its row cap' as problem,
        extract_file as reported_value
    from cut_reports

)

select * from unioned

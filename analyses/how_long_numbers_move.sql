with

restatements as (

    select * from {{ ref('audit_restatements') }}

),

contacts as (

    select * from {{ ref('fct_contacts') }}

),

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

),

conversations as (

    select * from {{ ref('fct_conversations') }}

),

aged as (

    select
        restatements.extract_name,
        restatements.change_kind,
        {{ seconds_between(
            'coalesce(
                contacts.ended_at,
                work_sessions.contact_ended_at,
                conversations.created_at
            )',
            'restatements.captured_at',
        ) }} / 86400 as age_days
    from restatements
    left join contacts
        on
            restatements.entity = 'contact'
            and restatements.entity_id = contacts.contact_id
    left join work_sessions
        on
            restatements.entity = 'work_session'
            and restatements.entity_id = work_sessions.work_session_key
    left join conversations
        on
            restatements.entity = 'conversation'
            and restatements.conversation_id = conversations.conversation_id

),

measured as (

    select
        extract_name,
        change_kind,
        count(*) as value_count,
        round(median(age_days), 1) as median_days,
        round(max(age_days), 1) as longest_days
    from aged
    group by extract_name, change_kind

)

select * from measured
order by extract_name, change_kind

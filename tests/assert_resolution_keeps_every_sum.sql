with

staged_work_sessions as (

    select * from {{ ref('stg_gladly__work_session_events') }}
    where agent_id is not null

),

combined_contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contacts as (

    select * from {{ ref('fct_contacts') }}

),

conversations as (

    select * from {{ ref('fct_conversations') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

-- A contact has its seconds from one extract, which the fact names, and none
-- when a session of it has no number. Unknown ones are of Work Sessions alone.
reported_work as (

    select
        {% for measure in ['handle_seconds', 'after_contact_seconds'] %}
            case
                when
                    contacts.{{ measure }} is not null
                    and contacts.work_source_extract = 'work_session_events'
                    then staged_work_sessions.{{ measure }}
            end as {{ measure }},
        {% endfor %}
        case
            when contacts.unknown_seconds is not null
                then staged_work_sessions.unknown_seconds
        end as unknown_seconds
    from staged_work_sessions
    left join contacts
        on staged_work_sessions.contact_id = contacts.contact_id

    union all

    select
        contact_export.handle_seconds,
        contact_export.after_contact_seconds,
        0 as unknown_seconds
    from contact_export
    inner join contacts on contact_export.contact_id = contacts.contact_id
    where contacts.work_source_extract = 'contact_export_report'

),

-- What no extract gives a conversation or a customer is in no row of theirs;
-- what no extract holds, though Conversation Export counts it, is in no sum.
counted as (

    select
        'extracts' as counted_by,
        0 as contact_count,
        count(*) as work_session_count,
        0 as handle_seconds,
        0 as after_contact_seconds,
        0 as unknown_seconds
    from staged_work_sessions

    union all

    select
        'extracts' as counted_by,
        0 as contact_count,
        0 as work_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from reported_work

    union all

    select
        'extracts' as counted_by,
        count(*) as contact_count,
        0 as work_session_count,
        0 as handle_seconds,
        0 as after_contact_seconds,
        0 as unknown_seconds
    from combined_contacts

    union all

    select
        'conversation' as counted_by,
        sum(contact_count - uncaptured_contact_count) as contact_count,
        sum(work_session_count) as work_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from conversations

    union all

    -- A sum of a conversation is unknown when a part of it is: those parts that
    -- are known stand in, and contacts that no extract gives a conversation.
    select
        'conversation' as counted_by,
        count(*) filter (where conversations.contact_count is null)
            as contact_count,
        {% for measure in [
            'work_session_count', 'handle_seconds', 'after_contact_seconds',
        ] %}
            sum(contacts.{{ measure }}) filter (
                where conversations.{{ measure }} is null
            ) as {{ measure }},
        {% endfor %}
        sum(contacts.unknown_seconds) filter (
            where conversations.unknown_seconds is null
        ) as unknown_seconds
    from contacts
    left join conversations
        on contacts.conversation_id = conversations.conversation_id

    union all

    select
        'customer' as counted_by,
        sum(contact_count) as contact_count,
        0 as work_session_count,
        0 as handle_seconds,
        0 as after_contact_seconds,
        0 as unknown_seconds
    from customers

    union all

    select
        'customer' as counted_by,
        -sum(conversations.uncaptured_contact_count) as contact_count,
        0 as work_session_count,
        0 as handle_seconds,
        0 as after_contact_seconds,
        0 as unknown_seconds
    from conversations
    inner join customers on conversations.customer_id = customers.customer_id
    where customers.contact_count is not null

    union all

    select
        'customer' as counted_by,
        count(*) filter (where customers.contact_count is null)
            as contact_count,
        sum(contacts.work_session_count) as work_session_count,
        sum(contacts.handle_seconds) as handle_seconds,
        sum(contacts.after_contact_seconds) as after_contact_seconds,
        sum(contacts.unknown_seconds) as unknown_seconds
    from contacts
    left join customers on contacts.customer_id = customers.customer_id
    where contacts.customer_id is null or customers.customer_id is not null

    union all

    select
        'contact' as counted_by,
        count(*) as contact_count,
        sum(work_session_count) as work_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from contacts

),

summed as (

    select
        counted_by,
        sum(contact_count) as contact_count,
        coalesce(sum(work_session_count), 0) as work_session_count,
        round(coalesce(sum(handle_seconds), 0), 3) as handle_seconds,
        round(coalesce(sum(after_contact_seconds), 0), 3)
            as after_contact_seconds,
        round(coalesce(sum(unknown_seconds), 0), 3) as unknown_seconds
    from counted
    group by counted_by

),

sums_of_extracts as (

    select * from summed
    where counted_by = 'extracts'

),

compared as (

    select
        summed.*,
        sums_of_extracts.contact_count as extracts_contact_count,
        sums_of_extracts.work_session_count as extracts_work_session_count,
        sums_of_extracts.handle_seconds as extracts_handle_seconds,
        sums_of_extracts.after_contact_seconds
            as extracts_after_contact_seconds,
        sums_of_extracts.unknown_seconds as extracts_unknown_seconds
    from summed
    cross join sums_of_extracts

),

changed as (

    select * from compared
    where
        contact_count != extracts_contact_count
        or work_session_count != extracts_work_session_count
        or handle_seconds is distinct from extracts_handle_seconds
        or after_contact_seconds is distinct from extracts_after_contact_seconds
        or unknown_seconds is distinct from extracts_unknown_seconds

)

select * from changed

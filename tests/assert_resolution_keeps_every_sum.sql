with

staged_work_sessions as (

    select * from {{ ref('stg_gladly__work_session_events') }}
    where agent_id is not null

),

combined_contacts as (

    select * from {{ ref('int_contacts_combined') }}

),

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

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

-- What no extract gives a conversation or a customer is in no row of theirs.
counted as (

    select
        'extracts' as counted_by,
        0 as contact_count,
        count(*) as work_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from staged_work_sessions

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
        sum(contact_count) as contact_count,
        sum(work_session_count) as work_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from conversations

    union all

    select
        'conversation' as counted_by,
        0 as contact_count,
        count(*) as work_session_count,
        sum(handle_seconds) as handle_seconds,
        sum(after_contact_seconds) as after_contact_seconds,
        sum(unknown_seconds) as unknown_seconds
    from work_sessions
    where conversation_id is null

    union all

    select
        'conversation' as counted_by,
        count(*) as contact_count,
        0 as work_session_count,
        0 as handle_seconds,
        0 as after_contact_seconds,
        0 as unknown_seconds
    from contacts
    where conversation_id is null

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
        count(*) as contact_count,
        0 as work_session_count,
        0 as handle_seconds,
        0 as after_contact_seconds,
        0 as unknown_seconds
    from contacts
    where customer_id is null

    union all

    select
        'customer' as counted_by,
        0 as contact_count,
        count(*) as work_session_count,
        sum(work_sessions.handle_seconds) as handle_seconds,
        sum(work_sessions.after_contact_seconds) as after_contact_seconds,
        sum(work_sessions.unknown_seconds) as unknown_seconds
    from work_sessions
    left join customers on work_sessions.customer_id = customers.customer_id
    where work_sessions.customer_id is null or customers.customer_id is not null

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
        sum(work_session_count) as work_session_count,
        round(sum(handle_seconds), 3) as handle_seconds,
        round(sum(after_contact_seconds), 3) as after_contact_seconds,
        round(sum(unknown_seconds), 3) as unknown_seconds
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

{# What two accounts of one event have in common, the surest first. #}
{% set cut = "(source_extract = 'events') = ("
    ~ is_cut_to_second('occurred_at') ~ ")" %}
{% set alike = ['contact_id', 'event_type', 'unless_unreported_key'] %}
{% set grades = [
    ['moment_key', 'assignment_key'],
    ['moment_key'],
    ['second_key', 'assignment_key'],
    ['second_key'],
    alike + ['occurred_at'],
    alike + ["date_trunc('second', occurred_at)", cut],
] %}

with

accounts as (

    select * from {{ ref('int_contact_event_accounts_unioned') }}

),

-- Within a second a time that is cut meets only one that is not. A file without
-- columns for the actor meets whoever acted.
keyed as (

    select
        *,
        {{ hashed_key([
            'contact_id', 'event_type', 'occurred_at', 'initiator_agent_id',
        ]) }} as moment_key,
        {{ hashed_key([
            'contact_id', 'event_type', "date_trunc('second', occurred_at)",
            'initiator_agent_id', cut,
        ]) }} as second_key,
        {{ hashed_key(['assigned_inbox_id', 'assigned_agent_id']) }}
            as assignment_key,
        case
            when
                source_extract != 'events'
                and coalesce(is_initiator_reported, true)
                then account_key
        end as unless_unreported_key
    from accounts

),

-- What one grade pairs is left out of the next, so that of several at one
-- moment the right ones meet.
{% for grade in grades %}
    {% set number = loop.index %}

    numbered_{{ number }} as (

        select
            *,
            row_number() over (
                partition by source_extract, {{ grade | join(', ') }}
                order by occurred_at, assignment_key, account_key
            ) as place_{{ number }}
        from {{ 'keyed' if loop.first else 'compared_' ~ (number - 1) }}
        {{
            '' if loop.first
            else 'where is_paired_' ~ (number - 1) ~ ' = false'
        }}

    ),

    compared_{{ number }} as (

        select
            *,
            count(*) over (
                partition by {{ grade | join(', ') }}, place_{{ number }}
            ) > 1 as is_paired_{{ number }}
        from numbered_{{ number }}

    ),

{% endfor %}

placed as (

    {% for grade in grades %}
        select
            source_extract,
            account_key,
            contact_id,
            event_type,
            occurred_at,
            initiator_agent_id,
            {{ hashed_key([loop.index] + grade + ['place_' ~ loop.index]) }}
                as pair_key
        from compared_{{ loop.index }}
        where is_paired_{{ loop.index }}
        union all
    {% endfor %}

    select
        source_extract,
        account_key,
        contact_id,
        event_type,
        occurred_at,
        initiator_agent_id,
        account_key as pair_key
    from compared_{{ grades | length }}
    where is_paired_{{ grades | length }} = false

),

-- Of two times of one event the one that is not cut is the greater.
paired as (

    select
        contact_id,
        event_type,
        max(occurred_at) as occurred_at,
        max(initiator_agent_id) as initiator_agent_id,
        max(case when source_extract = 'events' then account_key end)
            as event_id,
        max(
            case when source_extract = 'contact_timestamps' then account_key end
        ) as contact_timestamp_key
    from placed
    group by contact_id, event_type, pair_key

),

-- Numbered within the second, which stays when a finer time is captured.
sequenced as (

    select
        contact_id,
        event_type,
        occurred_at,
        row_number() over (
            partition by
                contact_id, event_type, date_trunc('second', occurred_at)
            order by
                occurred_at,
                initiator_agent_id nulls last,
                coalesce(event_id, contact_timestamp_key)
        ) as place_at_moment,
        event_id,
        contact_timestamp_key
    from paired

)

select * from sequenced

with

look_alikes as (

    select * from {{ ref('int_lookalike_items_matched') }}

),

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

-- What erasure leaves is compared from the start, so that blanking the text
-- changes nothing here.
copies as (

    select
        look_alikes.*,
        case
            when look_alikes.is_erased
                then {{ erased_content('item_copies.content') }}
            else item_copies.content
        end as compared_content,
        item_copies._captured_at,
        item_copies._extract_file,
        item_copies._record_number
    from look_alikes
    inner join item_copies
        on
            look_alikes.conversation_item_id
            = item_copies.conversation_item_id

),

compared as (

    select
        conversation_item_id,
        {{ hashed_key([
            'occurred_at', 'content_type', 'conversation_id', 'initiator_id',
        ]) }} as likeness_key,
        {{ message_payload('compared_content') }} as payload,
        {{ redacted_payload('compared_content') }} as redacted_payload,
        coalesce(
            length(coalesce(
                {{ json_text('compared_content', 'content') }},
                {{ json_text('compared_content', 'body') }}
            )),
            {{ to_count(json_text('compared_content', 'erasedLength')) }},
            0
        ) = 0
        and {{ json_count(json_text('compared_content', 'attachments')) }} = 0
            as is_empty,
        _captured_at,
        _extract_file,
        _record_number
    from copies

),

numbered as (

    select
        *,
        -- What is left empty is alike, whether the field is blank or missing.
        {{ hashed_key([
            'likeness_key',
            'case when is_empty then redacted_payload else payload end',
        ]) }} as payload_key,
        {{ hashed_key(['likeness_key', 'redacted_payload']) }}
            as redacted_payload_key,
        dense_rank() over (
            partition by likeness_key
            order by _captured_at, _extract_file
        ) as job_number
    from compared

),

-- A job with several items alike holds several messages.
copies_by_newest as (

    select
        *,
        first_value(payload_key) over (
            partition by conversation_item_id
            order by {{ newest_first() }}
        ) as newest_payload_key
    from numbered

),

jobs as (

    select
        newest_payload_key,
        job_number,
        count(distinct conversation_item_id) as item_count
    from copies_by_newest
    group by newest_payload_key, job_number

),

-- Alike, and yet both in one job: several messages.
several_messages as (

    select
        newest_payload_key,
        max(item_count) > 1 as are_several
    from jobs
    group by newest_payload_key

),

in_series as (

    select
        copies_by_newest.*,
        case
            when several_messages.are_several
                then copies_by_newest.conversation_item_id
            else copies_by_newest.newest_payload_key
        end as item_series_id
    from copies_by_newest
    inner join several_messages
        on
            copies_by_newest.newest_payload_key
            = several_messages.newest_payload_key

)

select * from in_series

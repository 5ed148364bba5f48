with

look_alikes as (

    select * from {{ ref('int_items_alike_found') }}

),

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

copies as (

    select
        look_alikes.*,
        -- What erasure leaves is compared from the start, so that blanking the
        -- text changes nothing here.
        case
            when look_alikes.is_erased
                then {{ ordered_json(erased_content('item_copies.content')) }}
            else {{ ordered_json('item_copies.content') }}
        end as payload,
        item_copies._captured_at,
        item_copies._extract_file,
        item_copies._record_number
    from look_alikes
    inner join item_copies
        on
            look_alikes.conversation_item_id
            = item_copies.conversation_item_id

),

-- Two ids in one job are two messages, however alike: the first of one job can
-- only be the first of another.
placed as (

    select
        *,
        row_number() over (
            partition by
                _extract_file,
                occurred_at,
                content_type,
                conversation_id,
                initiator_id,
                payload
            order by _record_number
        ) as place_in_job
    from copies

),

newest_copies as (

    select
        *,
        max(place_in_job) over (partition by conversation_item_id) as place
    from placed
    qualify row_number() over (
        partition by conversation_item_id
        order by {{ newest_first() }}
    ) = 1

),

likenesses as (

    select
        *,
        {{ hashed_key([
            'occurred_at', 'content_type', 'conversation_id', 'initiator_id',
            'payload', 'place',
        ]) }} as likeness_key
    from newest_copies

),

-- Alike, and yet both in one job: two messages, whatever the order of the job.
twins as (

    select likenesses.likeness_key
    from placed
    inner join likenesses
        on placed.conversation_item_id = likenesses.conversation_item_id
    group by likenesses.likeness_key, placed._extract_file
    having count(distinct placed.conversation_item_id) > 1

),

canonical as (

    select
        conversation_item_id,
        first_value(conversation_item_id) over (
            partition by likeness_key
            order by {{ newest_first() }}
        ) as item_id
    from likenesses
    where likeness_key not in (select likeness_key from twins)

)

select * from canonical

with

topics as (

    select * from {{ ref('base_gladly__topics') }}

),

export_topics as (

    select * from {{ ref('base_gladly__export_topics') }}

),

combined as (

    select
        id,
        parent_id,
        name,
        disabled,
        1 as precedence,
        _rejection_reason,
        _captured_at,
        _extract_file,
        _record_number
    from topics

    union all

    select
        id,
        parent_id,
        name,
        disabled,
        2 as precedence,
        _rejection_reason,
        _captured_at,
        _extract_file,
        _record_number
    from export_topics

),

-- A topic may be missing from a damaged list because its line was unreadable.
marked as (

    select
        *,
        count(_rejection_reason) over (partition by _extract_file) = 0
            as is_whole_list
    from combined

),

one_a_moment as (

    select * from marked
    where _rejection_reason is null
    qualify row_number() over (
        partition by id, _captured_at
        order by precedence asc, _extract_file desc, _record_number desc
    ) = 1

),

renamed as (

    select
        -- ids
        {{ hashed_key(['id', '_captured_at']) }} as topic_capture_key,
        id as topic_id,
        parent_id as parent_topic_id,

        -- what it is
        name as topic_name,
        coalesce({{ to_boolean('disabled') }}, false) as is_disabled,

        -- capture
        is_whole_list,
        _captured_at,
        _extract_file,
        _record_number
    from one_a_moment

)

select * from renamed

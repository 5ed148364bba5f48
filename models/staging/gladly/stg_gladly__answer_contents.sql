with

answer_contents as (

    select * from {{ ref('base_gladly__answer_contents') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        answer_id,
        language,
        {{ to_snake_case('type') }} as content_type,

        -- what it is
        title,
        cast(length(body_html) as bigint) as content_length,

        -- state
        coalesce(status = '404', false) as is_gone,
        -- Contents that differ, reported of one language and type at one
        -- moment.
        min(_record_hash) over one_capture
        != max(_record_hash) over one_capture as is_reported_twice,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from answer_contents
    where answer_id is not null
    window one_capture as (
        partition by answer_id, language, type, _captured_at
    )

),

known_contents as (

    select
        answer_id,
        language,
        content_type
    from renamed
    group by all

),

gone_answers as (

    select * from answer_contents
    where
        answer_id is null
        and id is not null
        and status = '404'

),

-- The answer took every content known of it along. Inner join: an answer of
-- which no content is known has none to mark; stg_gladly__answers keeps it.
gone_with_their_answer as (

    select
        known_contents.answer_id,
        known_contents.language,
        known_contents.content_type,
        null as title,
        null as content_length,
        true as is_gone,
        false as is_reported_twice,
        gone_answers._captured_at,
        gone_answers._extract_file,
        gone_answers._record_number
    from gone_answers
    inner join known_contents on gone_answers.id = known_contents.answer_id

),

candidates as (

    select * from renamed
    union all
    select * from gone_with_their_answer

),

keyed as (

    select
        {{ hashed_key(['answer_id', 'language', 'content_type']) }}
            as answer_content_key,
        *
    from candidates

),

latest as (

    select * from keyed
    qualify row_number() over (
        partition by answer_content_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest

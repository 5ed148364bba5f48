with

answers as (

    select * from {{ ref('stg_gladly__answers') }}

),

contents as (

    select * from {{ ref('stg_gladly__answer_contents') }}

),

usage as (

    select * from {{ ref('stg_gladly__answer_usage_report') }}

),

answer_ids as (

    select answer_id from answers
    union
    select answer_id from contents
    union
    select answer_id from usage

),

-- An answer with a content that was fetched after a 404 is there.
contents_seen as (

    select
        answer_id,
        max(_captured_at) as last_found_at
    from contents
    where not is_gone
    group by answer_id

),

names_printed as (

    select
        answer_id,
        max_by(answer_name, (_captured_at, usage_bucket)) as answer_name
    from usage
    where answer_name is not null
    group by answer_id

),

joined as (

    select
        answer_ids.answer_id,
        coalesce(answers.last_known_name, names_printed.answer_name)
            as answer_name,
        coalesce(
            answers.is_gone
            and (
                contents_seen.last_found_at is null
                or contents_seen.last_found_at <= answers._captured_at
            ),
            false
        ) as is_deleted,
        answers.gone_since,
        answers.last_known_created_at as created_at,
        answers.last_known_updated_at as updated_at,
        answers.answer_id is not null or contents_seen.answer_id is not null
            as is_known
    from answer_ids
    left join answers on answer_ids.answer_id = answers.answer_id
    left join contents_seen on answer_ids.answer_id = contents_seen.answer_id
    left join names_printed on answer_ids.answer_id = names_printed.answer_id

),

determined as (

    select
        answer_id,
        answer_name,
        is_deleted,
        case when is_deleted then gone_since end as deleted_at,
        created_at,
        updated_at,
        is_known
    from joined

)

select * from determined

with

answers as (

    select * from {{ ref('int_answers_resolved') }}

),

contents as (

    select * from {{ ref('dim_answer_contents') }}

),

contents_counted as (

    select
        answer_id,
        count(*) as content_count
    from contents
    where not is_deleted
    group by answer_id

),

coverage as (

    select file_count > 0 as is_captured
    from {{ ref('int_extract_coverage_aggregated') }}
    where extract_name = 'answer_contents'

),

joined as (

    select
        answers.answer_id,
        answers.answer_name,
        answers.is_deleted,
        answers.deleted_at,
        answers.created_at,
        answers.updated_at,
        case
            when coverage.is_captured or answers.is_deleted
                then coalesce(contents_counted.content_count, 0)
        end as content_count,
        answers.is_known
    from answers
    cross join coverage
    left join contents_counted on answers.answer_id = contents_counted.answer_id

)

select * from joined

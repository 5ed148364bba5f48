with

contents as (

    select * from {{ ref('stg_gladly__answer_contents') }}

),

violations as (

    select
        'R28' as rule_id,
        'answer' as entity,
        answer_id as entity_id,
        concat(
            'has several ', coalesce(content_type, 'unnamed'), ' contents in ',
            coalesce(language, 'no language')
        ) as detail,
        _captured_at as occurred_at
    from contents
    where is_reported_twice

)

select * from violations

with

answers as (

    select * from {{ ref('base_gladly__answers') }}
    where _rejection_reason is null

),

answer_contents as (

    select * from {{ ref('base_gladly__answer_contents') }}
    where _rejection_reason is null

),

-- Whoever asked only for the contents of an answer learned there that it is
-- gone; without these lines that proof would reach no model.
fetched as (

    select
        id,
        name as answer_name,
        audience_ids,
        created_at,
        updated_at,
        status,
        _captured_at,
        _extract_file,
        _record_number
    from answers
    union all
    select
        id,
        null as answer_name,
        null as audience_ids,
        null as created_at,
        null as updated_at,
        status,
        _captured_at,
        _extract_file,
        _record_number
    from answer_contents
    where answer_id is null and id is not null and status = '404'

),

renamed as (

    select
        -- ids
        id as answer_id,
        audience_ids,

        -- what it is
        answer_name,

        -- state
        coalesce(status = '404', false) as is_gone,

        -- times
        {{ to_utc('created_at') }} as created_at,
        {{ to_utc('updated_at') }} as updated_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from fetched

),

-- A 404 says nothing of the answer but that it is gone.
last_known as (

    select
        answer_id,
        max_by(answer_name, (_captured_at, _extract_file, _record_number))
        filter (where answer_name is not null) as last_known_name,
        {% for time in ['created_at', 'updated_at'] %}
            max_by({{ time }}, (_captured_at, _extract_file, _record_number))
            filter (where {{ time }} is not null) as last_known_{{ time }},
        {% endfor %}
        max(_captured_at) as last_found_at
    from renamed
    where not is_gone
    group by answer_id

),

traced as (

    select
        renamed.*,
        last_known.last_known_name,
        last_known.last_known_created_at,
        last_known.last_known_updated_at,
        case
            when renamed.is_gone then min(
                case
                    when not renamed.is_gone then null
                    when renamed._captured_at < last_known.last_found_at
                        then null
                    else renamed._captured_at
                end
            ) over (partition by renamed.answer_id)
        end as gone_since
    from renamed
    left join last_known on renamed.answer_id = last_known.answer_id

),

latest as (

    select * from traced
    qualify row_number() over (
        partition by answer_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest

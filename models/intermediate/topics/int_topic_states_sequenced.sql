with

captures as (

    select * from {{ ref('stg_gladly__topic_captures') }}

),

moments as (

    select
        _captured_at,
        cast(bool_or(is_whole_list) as bigint) as whole_list_count
    from captures
    group by _captured_at

),

lists as (

    select
        _captured_at,
        whole_list_count = 1 as is_whole,
        sum(whole_list_count) over (order by _captured_at asc) as list_number,
        sum(whole_list_count) over (order by _captured_at asc)
        - whole_list_count as earlier_list_count
    from moments

),

numbered as (

    select
        captures.*,
        {{ hashed_key([
            'captures.topic_name', 'captures.parent_topic_id',
            'captures.is_disabled',
        ]) }} as state_hash,
        lists.list_number,
        lists.earlier_list_count
    from captures
    inner join lists on captures._captured_at = lists._captured_at

),

-- Missing from a whole list in between, a topic was deleted and made again.
compared as (

    select
        *,
        case
            when
                state_hash = lag(state_hash) over by_time
                and earlier_list_count <= lag(list_number) over by_time
                then 0
            else 1
        end as change_count
    from numbered
    window by_time as (partition by topic_id order by _captured_at asc)

),

grouped as (

    select
        *,
        sum(change_count) over (
            partition by topic_id
            order by _captured_at asc
        ) as state_number
    from compared

),

states as (

    select
        topic_id,
        state_number,
        topic_name,
        parent_topic_id,
        is_disabled,
        min(_captured_at) as first_captured_at,
        max(list_number) as last_list_number
    from grouped
    group by all

),

ended as (

    select
        states.topic_id,
        states.state_number,
        states.topic_name,
        states.parent_topic_id,
        states.is_disabled,
        states.first_captured_at,
        lists._captured_at as missing_at
    from states
    left join lists
        on states.last_list_number + 1 = lists.list_number and lists.is_whole

)

select * from ended

with

paths as (

    select * from {{ ref('int_topic_paths_resolved') }}

),

listed as (

    select
        topic_id,
        topic_name,
        parent_topic_id,
        topic_path,
        is_disabled,
        tree_from as valid_from,
        least(
            valid_to,
            lead(tree_from) over (
                partition by topic_id
                order by tree_from asc
            )
        ) as valid_to,
        {{ hashed_key([
            'topic_name', 'parent_topic_id', 'topic_path', 'is_disabled',
        ]) }} as version_hash
    from paths
    where valid_to is null or tree_from < valid_to

),

-- Deleted in between and listed again is a new version, whatever it looks like.
compared as (

    select
        *,
        case
            when
                version_hash = lag(version_hash) over by_time
                and valid_from = lag(valid_to) over by_time
                then 0
            else 1
        end as change_count
    from listed
    window by_time as (partition by topic_id order by valid_from asc)

),

numbered as (

    select
        *,
        sum(change_count) over (
            partition by topic_id
            order by valid_from asc
        ) as version_number
    from compared

),

versions as (

    select
        topic_id,
        version_number,
        topic_name,
        parent_topic_id,
        topic_path,
        is_disabled,
        min(valid_from) as valid_from,
        case when count(*) = count(valid_to) then max(valid_to) end as valid_to
    from numbered
    group by all

),

final as (

    select
        {{ hashed_key(['topic_id', 'version_number']) }} as topic_version_key,
        topic_id,
        topic_name,
        parent_topic_id,
        topic_path,
        is_disabled,
        valid_from,
        valid_to,
        valid_to is null as is_current
    from versions

)

select * from final

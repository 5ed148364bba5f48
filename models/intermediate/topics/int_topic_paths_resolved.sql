with recursive

parents as (

    select * from {{ ref('int_topic_parents_resolved') }}

),

paths as (

    select
        tree_from,
        topic_id,
        topic_id as root_topic_id,
        coalesce(topic_name, topic_id) as topic_path,
        0 as depth
    from parents
    where parent_topic_id is null

    union all

    select
        parents.tree_from,
        parents.topic_id,
        paths.root_topic_id,
        concat(
            paths.topic_path, ' > ',
            coalesce(parents.topic_name, parents.topic_id)
        ) as topic_path,
        paths.depth + 1 as depth
    from paths
    inner join parents
        on
            paths.tree_from = parents.tree_from
            and paths.topic_id = parents.parent_topic_id

),

built as (

    select
        parents.*,
        paths.root_topic_id,
        paths.topic_path,
        paths.depth
    from parents
    left join paths
        on
            parents.tree_from = paths.tree_from
            and parents.topic_id = paths.topic_id

)

select * from built

with

states as (

    select * from {{ ref('int_topic_states_versioned') }}

),

moments as (

    select
        valid_from as tree_from,
        valid_from = max(valid_from) over () as is_latest_tree
    from states
    group by valid_from

),

-- A topic that was deleted keeps its last place: what hangs below it, and the
-- conversations that carry it, are still there.
nodes as (

    select
        moments.tree_from,
        moments.is_latest_tree,
        states.topic_id,
        states.topic_name,
        states.parent_topic_id as reported_parent_topic_id,
        states.is_disabled,
        states.is_known,
        states.valid_to
    from moments
    inner join states
        on
            moments.tree_from >= states.valid_from
            and (
                moments.tree_from < states.superseded_at
                or states.superseded_at is null
            )

),

edges as (

    select
        nodes.tree_from as entity,
        nodes.topic_id as id,
        parents.topic_id as target_id,
        0 as preference
    from nodes
    inner join nodes as parents
        on
            nodes.tree_from = parents.tree_from
            and nodes.reported_parent_topic_id = parents.topic_id

),

{{ follow_edges('edges') }},

-- From a topic in a circle, and from one below it, the walk ends in the circle;
-- every topic of the circle is the end of one of its own.
circles as (

    select
        followed.entity as tree_from,
        followed.end_id as topic_id
    from followed
    inner join edges
        on followed.entity = edges.entity and followed.end_id = edges.id
    group by followed.entity, followed.end_id

),

-- No topic of a circle is more above than the others, so all of them are roots.
-- Left in place, they would have none and add up nowhere.
determined as (

    select
        nodes.tree_from,
        nodes.is_latest_tree,
        nodes.topic_id,
        nodes.topic_name,
        case when circles.topic_id is null then edges.target_id end
            as parent_topic_id,
        nodes.is_disabled,
        nodes.is_known,
        circles.topic_id is not null as is_in_circle,
        nodes.valid_to
    from nodes
    left join edges
        on nodes.tree_from = edges.entity and nodes.topic_id = edges.id
    left join circles
        on
            nodes.tree_from = circles.tree_from
            and nodes.topic_id = circles.topic_id

)

select * from determined

with

changes as (

    select * from {{ ref('int_conversation_status_changes_compared') }}

),

-- As late as the last closing that it counts, by a clock that is ahead of ours.
export_captures as (

    select
        reported_conversation_id,
        close_count,
        greatest(_captured_at, last_closed_at) as captured_at
    from {{ ref('stg_gladly__conversation_export_captures') }}
    where close_count is not null

),

-- The first and the last capture that report a count say all there is to it.
counts as (

    select
        reported_conversation_id,
        close_count,
        min(captured_at) as first_captured_at,
        max(captured_at) as last_captured_at
    from export_captures
    group by reported_conversation_id, close_count

),

timeline as (

    select
        reported_conversation_id,
        changed_at as observed_at,
        status,
        -- What was opened twice was closed in between.
        case when status = 'closed' or is_repeated then 1 else 0 end
            as closings,
        null as close_count
    from changes

    {% for moment in ['first_captured_at', 'last_captured_at'] %}
        union all

        select
            reported_conversation_id,
            {{ moment }} as observed_at,
            null as status,
            0 as closings,
            close_count
        from counts
        {% if moment == 'last_captured_at' %}
            where last_captured_at > first_captured_at
        {% endif %}
    {% endfor %}

),

known as (

    select
        *,
        sum(closings) over (
            partition by reported_conversation_id
            order by observed_at asc, close_count asc nulls first
            rows between unbounded preceding and current row
        ) as known_count,
        max(case status when 'closed' then observed_at end) over (
            partition by reported_conversation_id
            order by observed_at asc, close_count asc nulls first
            rows between unbounded preceding and current row
        ) as last_closed_at,
        max(case status when 'open' then observed_at end) over (
            partition by reported_conversation_id
            order by observed_at asc, close_count asc nulls first
            rows between unbounded preceding and current row
        ) as last_opened_at
    from timeline

),

-- What a later capture no longer misses was not missing.
missing as (

    select
        *,
        min(greatest(close_count - known_count, 0)) over (
            partition by reported_conversation_id
            order by observed_at asc, close_count asc nulls last
            rows between current row and unbounded following
        ) as missing_count
    from known
    where close_count is not null

),

added as (

    select
        *,
        missing_count - lag(missing_count, 1, 0) over (
            partition by reported_conversation_id
            order by observed_at asc, close_count asc nulls last
        ) as added_count,
        lag(observed_at) over (
            partition by reported_conversation_id
            order by observed_at asc, close_count asc nulls last
        ) as previously_observed_at
    from missing

)

select * from added

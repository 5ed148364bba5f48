{# Levels at which rows may be sorted, and what is alike in rows of one level. #}
{% set levels = {
    'file': ['extract_name', 'column_name', '_extract_file'],
    'subject': ['extract_name', 'column_name', '_extract_file', 'subject_id'],
} %}

with

-- What the clock leaves out never was, so it proves nothing about the order.
file_rows as (

    select * from {{ ref('stg_gladly__doubtful_file_rows') }}
    where is_repeated is distinct from false

),

stepped as (

    select
        *
        {% for level, alike in levels.items() %}
            ,
            lag(later_at) over (
                partition by {{ alike | join(', ') }} order by _record_number
            ) as previous_{{ level }}_at,
            lag(changed_at) over (
                partition by {{ alike | join(', ') }} order by _record_number
            ) as previous_{{ level }}_changed_at
        {% endfor %}
    from file_rows

),

-- Within one night the clock may go back once without a row out of order.
ordered as (

    select
        extract_name,
        column_name,
        _extract_file
        {% for level, alike in levels.items() %}
            {% set previous = 'previous_' ~ level %}
            {% set same_night = previous ~ '_changed_at = changed_at' %}
            {% for order, sign in [('rising', '<'), ('falling', '>')] %}
                ,
                count(*) filter (
                    where
                    {{ previous }}_at {{ sign }} later_at
                    and coalesce({{ same_night }}, false) = false
                ) as {{ level }}_{{ order }}_count,
                count(*) filter (
                    where
                    {{ previous }}_at {{ sign }} later_at
                    and {{ same_night }}
                ) as {{ level }}_{{ order }}_at_night_count
            {% endfor %}
            ,
            count(distinct {{ hashed_key(alike + ['changed_at']) }}) filter (
                where changed_at is not null
            ) as {{ level }}_night_count
        {% endfor %}
    from stepped
    group by extract_name, column_name, _extract_file

),

directed as (

    select
        extract_name,
        column_name,
        _extract_file
        {% for level in levels %}
            ,
            case
                when
                    {{ level }}_falling_count = 0
                    and {{ level }}_falling_at_night_count
                    <= {{ level }}_night_count
                    then 1
                when
                    {{ level }}_rising_count = 0
                    and {{ level }}_rising_at_night_count
                    <= {{ level }}_night_count
                    then -1
            end as {{ level }}_direction
        {% endfor %}
    from ordered

),

-- Rows sorted by one time as a whole are not sorted by another in parts.
trusted as (

    select
        extract_name,
        column_name,
        _extract_file,
        file_direction,
        case
            when
                count(file_direction) over (
                    partition by extract_name, _extract_file
                )
                = 0
                then subject_direction
        end as subject_direction
    from directed

),

sequenced as (

    select
        file_rows.local_time_key,
        file_rows.local_at,
        file_rows._record_number
        * coalesce(trusted.file_direction, trusted.subject_direction)
            as position,
        case
            when trusted.file_direction is not null
                then {{ hashed_key([
                    'file_rows.extract_name', 'file_rows.column_name',
                    'file_rows._extract_file', 'file_rows.changed_at',
                ]) }}
            else {{ hashed_key([
                'file_rows.extract_name', 'file_rows.column_name',
                'file_rows._extract_file', 'file_rows.changed_at',
                'file_rows.subject_id',
            ]) }}
        end as sequence_key
    from file_rows
    inner join trusted
        on
            file_rows.extract_name = trusted.extract_name
            and file_rows.column_name = trusted.column_name
            and file_rows._extract_file = trusted._extract_file
    where
        file_rows.changed_at is not null
        and coalesce(trusted.file_direction, trusted.subject_direction)
        is not null

),

turned as (

    select
        *,
        case
            when
                local_at < lag(local_at) over (
                    partition by sequence_key order by position
                )
                then 1
            else 0
        end as is_turn
    from sequenced

),

counted as (

    select
        *,
        sum(is_turn) over (partition by sequence_key) as turn_count,
        sum(is_turn) over (
            partition by sequence_key
            order by position
            rows between unbounded preceding and current row
        ) as turns_so_far
    from turned

),

placed as (

    select
        local_time_key,
        sequence_key,
        position,
        case
            when turn_count = 1 and turns_so_far = 0 then 'earlier'
            when turn_count = 1 then 'later'
        end as side
    from counted
    where turn_count <= 1

)

select * from placed

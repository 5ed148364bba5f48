{# Levels at which rows may be sorted, and what is alike at one. #}
{% set levels = {
    'file': ['extract_name', 'column_name', '_extract_file'],
    'subject': [
        'extract_name', 'column_name', '_extract_file', 'subject_id',
    ],
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

counted as (

    select
        *,
        count(file_direction) over (partition by extract_name, _extract_file)
            as sorted_column_count
    from directed

),

-- Rows sorted by one time as a whole are not sorted by another in parts.
trusted as (

    select
        extract_name,
        column_name,
        _extract_file,
        file_direction is null as is_by_subject,
        coalesce(
            file_direction,
            case when sorted_column_count = 0 then subject_direction end
        ) as direction
    from counted

)

select * from trusted

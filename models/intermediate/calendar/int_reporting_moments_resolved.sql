with

extract_files as (

    select * from {{ ref('stg_gladly__extract_files') }}

),

determined as (

    select
        {% if var('as_of', none) %}
            max(cast({{ sql_literal(var('as_of')) }} as timestamp)) as as_of
        {% else %}
            max(captured_at) as as_of
        {% endif %}
    from extract_files

),

dated as (

    select
        as_of,
        {{ to_reporting_date('as_of') }} as as_of_date
    from determined

)

select * from dated

{{ config(severity='warn') }}

with

work_sessions as (

    select * from {{ ref('fct_work_sessions') }}

),

undated as (

    select * from work_sessions
    where contact_ended_at is null and contact_created_at is null

)

select * from undated

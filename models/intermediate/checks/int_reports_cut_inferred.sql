{% set caps = var('report_row_caps') %}

with

reports as (

    select * from {{ ref('int_report_rows_aggregated') }}

),

-- Between two caps a report was asked for under the higher one, and is whole.
cut as (

    select
        extract_name,
        extract_file,
        row_count
    from reports
    where
        row_count in ({{ caps | join(', ') }})
        or row_count >= {{ caps | max }}

)

select * from cut

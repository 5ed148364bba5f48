{{ config(
    severity='warn',
    description='Records that could not be read or used. They are Gladly\'s, or happened on the way to the folder: see the reason and raw text, and pull the window again.'
) }}

select * from {{ ref('audit_rejected_records') }}

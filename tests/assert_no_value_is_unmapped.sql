{{ config(
    severity='warn',
    description='Fields and values the project does not know. They pass through as reported; add them to the source or to the seed named.'
) }}

select * from {{ ref('audit_unmapped_values') }}

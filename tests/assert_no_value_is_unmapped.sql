select * from {{ ref('audit_unmapped_values') }}

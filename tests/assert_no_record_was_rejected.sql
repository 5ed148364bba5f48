select * from {{ ref('audit_rejected_records') }}

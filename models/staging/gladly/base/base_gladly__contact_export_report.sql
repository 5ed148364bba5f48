{{ land_extract('contact_export_report') }}

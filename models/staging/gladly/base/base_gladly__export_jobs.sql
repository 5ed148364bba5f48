{{ land_extract('export_jobs') }}

{{ land_extract('export_customers') }}

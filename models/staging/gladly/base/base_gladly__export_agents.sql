{{ land_extract('export_agents') }}

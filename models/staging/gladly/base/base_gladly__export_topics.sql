{{ land_extract('export_topics') }}

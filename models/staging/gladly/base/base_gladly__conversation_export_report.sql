{{ land_extract('conversation_export_report') }}

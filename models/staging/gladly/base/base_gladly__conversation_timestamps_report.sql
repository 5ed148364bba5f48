{{ land_extract('conversation_timestamps_report') }}

{{ land_extract('agent_timestamps_report') }}

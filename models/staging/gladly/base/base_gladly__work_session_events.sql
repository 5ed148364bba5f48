{{ land_extract('work_session_events') }}

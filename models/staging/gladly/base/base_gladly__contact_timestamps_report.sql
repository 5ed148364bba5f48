{{ land_extract('contact_timestamps_report') }}

{{ land_extract('answer_usage_report') }}

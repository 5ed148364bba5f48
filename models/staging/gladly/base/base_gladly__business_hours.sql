{{ land_extract('business_hours') }}

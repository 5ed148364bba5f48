{{ land_extract('events') }}

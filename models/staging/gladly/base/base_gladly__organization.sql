{{ land_extract('organization') }}

{{ land_extract('teams') }}

{{ land_extract('agents') }}

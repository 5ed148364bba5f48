{{ land_extract('answers') }}

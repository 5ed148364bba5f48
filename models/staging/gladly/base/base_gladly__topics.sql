{{ land_extract('topics') }}

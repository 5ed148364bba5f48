{{ land_extract('customer_lookups') }}

{{ land_extract('customer_profiles') }}

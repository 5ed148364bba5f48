{{ land_extract('conversations') }}

{{ land_extract('conversation_lookups') }}

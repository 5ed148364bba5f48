{{ land_extract('conversation_items') }}

{{ land_extract('inboxes') }}

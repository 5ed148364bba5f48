{{ land_extract('tasks') }}

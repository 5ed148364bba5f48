{{ land_extract_files() }}

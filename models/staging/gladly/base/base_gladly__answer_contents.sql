{{ land_extract('answer_contents') }}

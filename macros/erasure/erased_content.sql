{# The content of a conversation item without what anybody wrote, said or was
   reached by: kinds, states, topics, times and the length of the text stay. #}
{% macro erased_content(column) -%}
cast(json_merge_patch(
    '{}',
    to_json(json_transform({{ column }}, '{
        "type": "VARCHAR",
        "status": "VARCHAR",
        "messageType": "VARCHAR",
        "startedAt": "VARCHAR",
        "answeredAt": "VARCHAR",
        "completedAt": "VARCHAR",
        "recordingStatus": "VARCHAR",
        "addedTopicIds": "JSON",
        "removedTopicIds": "JSON"
    }')),
    json_object('erasedLength', coalesce(
        length(coalesce(
            json_extract_string({{ column }}, '$.content'),
            json_extract_string({{ column }}, '$.body')
        )),
        cast(json_extract({{ column }}, '$.erasedLength') as bigint)
    ))
) as json)
{%- endmacro %}

{# Lands JSON extracts: one object a line, or one object a file. Files in which
   every line is an object with known fields are read as such, which is fast;
   the others line by line, so that nothing in them is lost. #}
{% macro land_json(definition, fields, files) %}
{% set sound = [] %}
{% if definition.meta.format == 'jsonl' %}
    {% set sound = sound_json_files(fields, files) %}
{% endif %}
{% set unsound = files | reject('in', sound) | list %}
{% if sound %}
select * from ({{ land_json_objects(fields, sound) }})
{% endif %}
{{ 'union all' if sound and unsound }}
{% if unsound %}
select * from ({{ land_json_lines(definition, fields, unsound) }})
{% endif %}
{% endmacro %}

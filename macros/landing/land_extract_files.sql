{# The files in the extracts folder, after the checks that stop the build. #}
{% macro land_extract_files() %}
{% if is_building() %}
    {% set listing = list_extract_files() %}
    {% do check_extract_files(listing, load_relation(this)) %}
select
    extract_file,
    extract_name,
    captured_at,
    byte_count
from ({{ listing }})
order by extract_file
{% else %}
select
    cast(null as varchar) as extract_file,
    cast(null as varchar) as extract_name,
    cast(null as timestamp) as captured_at,
    cast(null as bigint) as byte_count
where false
{% endif %}
{% endmacro %}

{# What the answer to a look-up of an id proves. Another id than the one asked
   for is a redirect that the client followed by itself, whatever the status
   says. #}
{% macro lookup_outcome(requested_id, status, resolved_id) -%}
case
    when nullif({{ resolved_id }}, '') != {{ requested_id }} then 'moved'
    when {{ to_count(status) }} = 200 then 'found'
    when {{ to_count(status) }} = 404 then 'gone'
    else 'unclear'
end
{%- endmacro %}

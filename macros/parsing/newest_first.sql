{# The total order of captures: the latest capture of a key is its first row. #}
{% macro newest_first() -%}
_captured_at desc, _extract_file desc, _record_number desc
{%- endmacro %}

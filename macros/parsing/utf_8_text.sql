{# A text of a report as Gladly sent it. A client that takes text/csv, which
   names no charset, for Latin-1 saves "Zoë" as "ZoÃ«", so that a name in a report
   is not that of the list in JSON. Where the letters are the bytes of UTF-8
   they are read as such; all else stays as it is. #}
{% macro utf_8_text(column) -%}
{{ adapter.dispatch('utf_8_text', 'gladly')(column) }}
{%- endmacro %}

{# A pattern of what comes before the records of CSV text: lines that are blank,
   and the header with its line end. #}
{% macro csv_start() -%}
^((?:[ \t]*(?:\r\n|\n|\r))*)((?:"[^"]*"|[^"\r\n])*)(?:\r\n|\n|\r)?
{%- endmacro %}

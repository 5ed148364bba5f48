{# The earliest of several times; of those of one moment the finest. #}
{% macro first_moment(moments) -%}
{%- set earliest = 'least(' ~ moments | join(', ') ~ ')' -%}
{{ finest_moment([earliest] + moments) }}
{%- endmacro %}

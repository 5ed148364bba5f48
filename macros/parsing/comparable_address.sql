{# An e-mail address or a phone number so that two spellings compare: addresses
   in lower case without a name around them, numbers as plus sign and digits. #}
{% macro comparable_address(column) -%}
case
    when {{ column }} like '%@%'
        then regexp_replace(
            lower({{ column }}), '^.*<|>.*$|^[[:space:]]+|[[:space:]]+$', '', 'g'
        )
    else nullif(regexp_replace({{ column }}, '[^+0-9]', '', 'g'), '')
end
{%- endmacro %}

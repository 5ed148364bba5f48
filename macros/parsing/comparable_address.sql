{# An e-mail address or a phone number so that two spellings compare: addresses
   in lower case without a name around them, numbers as plus sign and digits. #}
{% macro comparable_address(column) -%}
case
    when {{ column }} like '%@%'
        then {{ without_pattern(
            'lower(' ~ column ~ ')', '^.*<|>.*$|^[ \\t-\\r]+|[ \\t-\\r]+$'
        ) }}
    else nullif({{ without_pattern(column, '[^+0-9]') }}, '')
end
{%- endmacro %}

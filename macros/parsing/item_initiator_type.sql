{# Who caused a conversation item. The export can leave it out: only customers
   leave voicemail, and a call was made by the side that did not answer it. #}
{% macro item_initiator_type(initiator_type, content_type, responder_type) -%}
coalesce(
    {{ to_snake_case(initiator_type) }},
    case
        when upper({{ content_type }}) = 'VOICEMAIL' then 'customer'
        when upper({{ content_type }}) != 'PHONE_CALL' then null
        when upper({{ responder_type }}) = 'AGENT' then 'customer'
        when upper({{ responder_type }}) = 'CUSTOMER' then 'agent'
    end
)
{%- endmacro %}

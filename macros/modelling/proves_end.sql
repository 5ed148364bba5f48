{# Whether a status proves that a contact has ended: reports print how it ended
   at its end only. That it is unknown proves nothing. #}
{% macro proves_end(status) -%}
coalesce(
    {{ status }} in ('abandoned', 'answered', 'unanswered'), false
)
{%- endmacro %}

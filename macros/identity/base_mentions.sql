{# Every capture in which a column of an extract names an id, from base: staging
   keeps only the latest capture of a key, and ids that an older one named must
   resolve too. Proof of life is a mention that Gladly made anew when asked. #}
{% macro base_mentions(extract, column, is_proof_of_life, condition=none) -%}
select
    nullif({{ column }}, '') as mentioned_id,
    '{{ extract }}' as extract_name,
    {{ is_proof_of_life | lower }} as is_proof_of_life,
    _captured_at
from {{ ref('base_gladly__' ~ extract) }}
where
    _rejection_reason is null
    and nullif({{ column }}, '') is not null
    {% if condition %}
    and {{ condition }}
    {% endif %}
{%- endmacro %}

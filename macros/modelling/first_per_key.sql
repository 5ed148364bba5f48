{# CTEs that keep one row per key, the first in an order: one named after the
   key and one as given. For relations in which few keys come twice: counting keys
   spares all other rows the sort, which carries every column. No key is null. #}
{% macro first_per_key(name, relation, key, order_by) -%}
repeated_{{ key }}s as (

    select {{ key }}
    from {{ relation }}
    group by {{ key }}
    having count(*) > 1

),

{{ name }} as (

    select * from {{ relation }}
    where {{ key }} not in (select {{ key }} from repeated_{{ key }}s)
    union all
    select * from {{ relation }}
    where {{ key }} in (select {{ key }} from repeated_{{ key }}s)
    qualify row_number() over (
        partition by {{ key }}
        order by {{ order_by }}
    ) = 1

)
{%- endmacro %}

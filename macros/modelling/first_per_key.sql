{# CTEs that keep one row per key, the first in an order: repeated_keys and one
   named as given. For relations in which few keys come twice: counting keys
   spares all other rows the sort, which carries every column. No key is null. #}
{% macro first_per_key(name, relation, key, order_by) -%}
repeated_keys as (

    select {{ key }}
    from {{ relation }}
    group by {{ key }}
    having count(*) > 1

),

{{ name }} as (

    select * from {{ relation }}
    where {{ key }} not in (select {{ key }} from repeated_keys)
    union all
    select * from {{ relation }}
    where {{ key }} in (select {{ key }} from repeated_keys)
    qualify row_number() over (
        partition by {{ key }}
        order by {{ order_by }}
    ) = 1

)
{%- endmacro %}

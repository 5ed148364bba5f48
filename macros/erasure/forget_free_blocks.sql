{# A remembered block that no table lies in any more is free: it is overwritten
   with the others, or whole when a table comes to lie in it. That they have to be
   overwritten stays due. #}
{% macro forget_free_blocks() %}
    {% set forget %}
        insert into {{ remembered_blocks() }} values (-1, true);

        delete from {{ remembered_blocks() }}
        where
            block_id >= 0
            and block_id not in (
                select block_id from ({{ used_blocks(database_tables()) }})
                where block_id is not null
            )
    {% endset %}
    {% do run_query(forget) %}
{% endmacro %}

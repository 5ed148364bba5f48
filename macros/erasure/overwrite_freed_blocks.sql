{# The database file keeps the bytes of what was freed until they are used
   again: this uses them up with noise, which no compression makes smaller,
   and the small blocks of the catalog with a type of long names. #}
{% macro overwrite_freed_blocks() %}
    {% set schema = remembered_blocks().without_identifier() %}
    {% set noise, names = schema ~ '.freed_blocks', schema ~ '.freed_names' %}
    {% set clear %}
        drop table if exists {{ noise }};
        drop type if exists {{ names }};
    {% endset %}
    {% do run_query(clear) %}
    {% do run_query('checkpoint') %}
    {% set fill %}
        create table {{ noise }} as
        select hash(position) as noise
        from range((
            select cast(free_blocks * block_size / 8 as bigint)
            from pragma_database_size()
            where database_name = current_database()
        )) as positions (position);

        create type {{ names }} as enum (
            select repeat('x', 4096) || cast(position as varchar)
            from range(cast((
                select coalesce(sum(free_blocks), 0) + 1 from pragma_metadata_info()
            ) as bigint)) as positions (position)
        );
    {% endset %}
    {% do run_query(fill) %}
    {% do run_query('checkpoint') %}
    {% do run_query(clear) %}
    {% do run_query('checkpoint') %}
{% endmacro %}

{# The base tables are a function of the extracts folder: records of files that
   are no longer in it leave, and their bytes are noted for erasure. #}
{% macro remove_vanished_files(extract) %}
    {% if is_building() and not is_incremental() and load_relation(this) %}
        {% do remember_blocks(this, is_due=true) %}
    {% endif %}
    {% if is_incremental() %}
    {% set vanished %}
        _extract_file not in (
            select extract_file
            from {{ ref('base_gladly__extract_files') }}
            where
                extract_name = {{ sql_literal(extract) }}
                and set_aside_reason is null
        )
    {% endset %}
    {% do remember_vanished(vanished) %}
    delete from {{ this }}
    where {{ vanished }}
    {% endif %}
{% endmacro %}

{# An incremental model over a base table starts again when files it was built
   from have left the extracts folder: what they hid must come back. #}
{% macro restart_when_files_vanished(base_model) %}
    {% if is_incremental() %}
    delete from {{ this }}
    where exists (
        select 1
        from {{ this }} as built
        where
            built._extract_file not in (
                select _extract_file from {{ ref(base_model) }}
            )
    )
    {% endif %}
{% endmacro %}

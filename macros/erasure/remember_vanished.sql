{# Records of files that are no longer in the folder leave their bytes
   behind. #}
{% macro remember_vanished(extract) %}
    {% set gone %}
        _extract_file not in (
            select extract_file
            from {{ ref('base_gladly__extract_files') }}
            where
                extract_name = {{ sql_literal(extract) }}
                and set_aside_reason is null
        )
    {% endset %}
    {% if run_query(
        'select count(*) from (select 1 from ' ~ this ~ ' where ' ~ gone ~ ' limit 1)'
    ).rows[0][0] > 0 %}
        {% do remember_blocks(this, is_due=true) %}
    {% endif %}
{% endmacro %}

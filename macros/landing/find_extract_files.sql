{# Returns the path of every file below the extracts folder. ** follows no
   links, as those of a data versioning tool, so the levels that extracts are on
   are listed too. #}
{% macro find_extract_files() %}
    {% set root = extracts_path() %}
    {% set patterns = [literal_path(root) ~ '/**'] %}
    {% if '://' not in root %}
        {% do patterns.extend([
            literal_path(root) ~ '/*/*', literal_path(root) ~ '/*/*/*'
        ]) %}
    {% endif %}
    {{ return(run_query(
        'select distinct file from glob(' ~ sql_list(patterns) ~ ') order by file'
    ).columns[0].values() | list) }}
{% endmacro %}

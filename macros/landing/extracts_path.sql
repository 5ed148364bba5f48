{% macro extracts_path() %}
    {{ return(env_var('GLADLY_EXTRACTS_PATH', 'extracts/sample').rstrip('/')) }}
{% endmacro %}

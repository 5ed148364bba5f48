{% macro is_building() %}
    {{ return(execute and flags.WHICH in ('run', 'build')) }}
{% endmacro %}

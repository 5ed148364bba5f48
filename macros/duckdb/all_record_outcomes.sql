{% macro default__all_record_outcomes(sorted) %}
{% for extract in extract_names() %}
{{ record_outcomes(extract, *sorted.get(extract, [])) }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endmacro %}

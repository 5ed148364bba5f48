{# What became of the records of every extract; `sorted` names the model that
   sorts those of some, with the outcomes it gives. #}
{% macro all_record_outcomes(sorted) -%}
{{ adapter.dispatch('all_record_outcomes', 'gladly')(sorted) }}
{%- endmacro %}

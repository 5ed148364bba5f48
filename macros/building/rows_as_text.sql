{# Selects the rows of a small table as one text. #}
{% macro rows_as_text(relation, columns='*', condition='true') %}
(
    select coalesce(string_agg(cast(whole as varchar), ' ' order by whole), '')
    from (select {{ columns }} from {{ relation }} where {{ condition }}) as whole
)
{% endmacro %}

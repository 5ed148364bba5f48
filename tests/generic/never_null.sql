{# One scan and one test for all columns of a model that always have a value.
   The key keeps a not_null of its own; columns of marts have the constraint. #}
{% test never_null(model, columns) %}

select *
from {{ model }}
where
    {% for column in columns -%}
        {{ column }} is null
        {%- if not loop.last %}
        or {% endif %}
    {%- endfor %}

{% endtest %}

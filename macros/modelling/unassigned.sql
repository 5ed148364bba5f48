{# The id of the inbox that daily facts count what is in none under, so that an
   inner join with the dimension keeps it. #}
{% macro unassigned() %}
    {{- return('unassigned') -}}
{% endmacro %}

{# Statement that keeps, as differing, what keys rows have that are in one of
   two tables alike and not in the other. #}
{% macro compare_rows(before, after, columns) %}
    create or replace temp table differing as
    select {{ (columns + ['content']) | join(', ') }}
    from (
        {% for rows, times in [(before, -1), (after, 1)] %}
        select
            {% for column in columns %}
            {{ column }},
            {% endfor %}
            hash(whole) as content,
            {{ times }} as times
        from {{ rows }} as whole
        {{ 'union all' if not loop.last }}
        {% endfor %}
    )
    group by all
    having sum(times) != 0
{% endmacro %}

{# CTEs that follow edges to their end, doubling the distance at every step, so
   that a chain of any length takes a fixed number of joins. Takes the name of a
   CTE with one edge per id (entity, id, target_id, preference); `followed` has
   entity, id, end_id, hop_count and the smallest preference met on the way. An end that
   is itself an id of an edge lies in a cycle. #}
{% macro follow_edges(edges, doublings=17) -%}
{{ adapter.dispatch('follow_edges', 'gladly')(edges, doublings) }}
{%- endmacro %}

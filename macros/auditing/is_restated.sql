{# Whether a column of a row, read as old_<column> and new_<column>, is not what
   it was: a moment, or the time between two, that one capture cuts to seconds
   is, and so is a moment that it prints to the minute, as all others of the
   row. What a file has no column for may be what it was. #}
{% macro is_restated(column) -%}
{%- set pair = ['old_' ~ column, 'new_' ~ column] -%}
old_{{ column }} is distinct from new_{{ column }}
and (
    have_same_fields
    or (old_{{ column }} is not null and new_{{ column }} is not null)
)
{%- if column.endswith('_at') %}
and not coalesce(
    {{ is_same_moment(*pair) }}
    or (old_is_in_minutes and {{ is_printed_to_minute(*pair) }})
    or (new_is_in_minutes and {{ is_printed_to_minute(*pair[::-1]) }}),
    false
)
{%- elif '_to_' in column or column == 'sla_overrun_seconds' %}
and not coalesce({{ is_same_duration(*pair) }}, false)
{%- endif %}
{%- endmacro %}

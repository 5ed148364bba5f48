{# The macro that reads each type a source declares for a field. Staging reads a
   field by it, and what it cannot read is listed. #}
{% macro value_readers(column) %}
    {{ return({
        'boolean': {'sql': to_boolean(column), 'problem': 'not a boolean'},
        'count': {'sql': to_count(column), 'problem': 'not a count'},
        'money': {'sql': to_money(column), 'problem': 'not an amount of money'},
        'percent': {'sql': to_percent(column), 'problem': 'not a percentage'},
        'seconds': {'sql': to_seconds(column), 'problem': 'not a number of seconds'},
        'signed_seconds': {
            'sql': to_seconds(column, signed=true),
            'problem': 'not a number of seconds',
        },
    }) }}
{% endmacro %}

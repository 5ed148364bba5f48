{# CTEs that compare each capture of a row with the one before, of which the
   last, <extract>_restated, has one row per value that moved. Values are
   compared as staging types them, so another rendering of the same value is
   no change; nor is a moment, or the time between two, that one of the captures
   cuts to seconds. The captures are read in three places, not through one CTE, which
   DuckDB would keep in memory whole. #}
{% macro restated_values(extract, rule) %}
{% set growing, lists = rule.get('growing', []), rule.get('lists', []) %}
{% set scalars = rule.settled + rule.moving + growing %}
{% set moments = [] %}
{% for column in scalars if column.endswith('_at') %}
{% do moments.append(column) %}
{% endfor %}
{{ extract }}_in_order as (

    select
        {{ rule.key }} as entity_id,
        _captured_at as captured_at,
        _extract_file as extract_file,
        _record_number as record_number,
        _record_hash as record_hash,
        lag(_captured_at) over reported as previous_captured_at,
        lag(_extract_file) over reported as previous_extract_file,
        lag(_record_number) over reported as previous_record_number,
        lag(_record_hash) over reported as previous_record_hash
    from {{ ref(rule.captures) }}
    where {{ rule.get('condition', 'true') }}
    window reported as (
        partition by {{ rule.key }}
        order by _captured_at asc, _extract_file asc, _record_number asc
    )

),

-- Nearly all captures repeat the one before to the letter. Their values are
-- not looked at, so thirty captures of a large tenant take seconds.
{{ extract }}_unlike as (

    select * from {{ extract }}_in_order
    where
        previous_captured_at is not null
        and record_hash is distinct from previous_record_hash

),

{{ extract }}_paired as (

    select
        {{ extract }}_unlike.*,
        newer.reported_conversation_id,
        coalesce({{ rule.ongoing }}, false) as was_ongoing,
        {% if rule.get('has_header') %}
        coalesce(older._missing_fields, '') = coalesce(newer._missing_fields, '')
            as have_same_fields
        {%- else %}
        true as have_same_fields
        {%- endif %}
        {%- for age, row in {'old': 'older', 'new': 'newer'}.items() %},
        {%- for column in moments %}
        coalesce(
            {{ is_printed_to_minute(row ~ '.' ~ column, row ~ '.' ~ column) }},
            true
        )
        {{ 'and' if not loop.last }}
        {%- endfor %}
        as {{ age }}_is_in_minutes
        {%- endfor %}
        {%- for column in scalars %},
        older.{{ column }} as old_{{ column }},
        newer.{{ column }} as new_{{ column }}
        {%- endfor %}
        {%- for column in lists %},
        {{ sorted_json_texts('older.' ~ column) }} as old_{{ column }},
        {{ sorted_json_texts('newer.' ~ column) }} as new_{{ column }}
        {%- endfor %}
    from {{ extract }}_unlike
    left join {{ ref(rule.captures) }} as newer
        on
            {{ extract }}_unlike.extract_file = newer._extract_file
            and {{ extract }}_unlike.record_number = newer._record_number
    left join {{ ref(rule.captures) }} as older
        on
            {{ extract }}_unlike.previous_extract_file = older._extract_file
            and {{ extract }}_unlike.previous_record_number
            = older._record_number

),

{{ restated_columns(extract, rule) }}
{% endmacro %}

{# Lands report extracts. Reports change their header over time, so the files
   are read in groups of one header each. #}
{% macro land_csv(definition, fields, files) %}
{% set shapes = csv_shapes(definition, fields, files) %}
{% for shape in shapes.readable %}
{% if loop.first %}with {% endif %}
records_{{ loop.index }} as (

    {% if shape.is_odd %}
    select * from {{ read_odd_csv(shape) }}
    {% else %}
    select
        *,
        cast(file_index as bigint) as _file_index,
        cast(null as bigint) as _number,
        cast(null as varchar) as _text,
        cast(null as varchar) as _reason
    from {{ read_csv_shape(shape) }}
    {% endif %}

),

{% for field in fields %}
{% set value = csv_value(field, shape) %}
{% if field.column == 'timezone_filter' and value.startswith('records.') %}
{% set value = zone_name(value) %}
{% endif %}
{% do field.update({'value': value}) %}
{% endfor %}
checked_{{ loop.index }} as (

    select
        *,
        {{ file_value('extract_file', shape.files, '_file_index') }}
            as _extract_file,
        {{ file_value('captured_at', shape.files, '_file_index') }}
            as _captured_at,
        coalesce(_reason, {{ rejection_reason(fields) }})
            as _rejection_reason
    from records_{{ loop.index }} as records

),

landed_{{ loop.index }} as (

    select
        {% for field in fields %}
        {{ field.value }} as {{ adapter.quote(field.column) }},
        {% endfor %}
        {% if shape.unknown %}
        cast(nullif(json_merge_patch('{}', json_object(
            {% for column in shape.unknown %}
            {{ sql_literal(column.label) }}, records.{{ column.cell }}{{ ',' if not loop.last }}
            {% endfor %}
        )), '{}') as json) as _unknown_fields,
        {% else %}
        cast(null as json) as _unknown_fields,
        {% endif %}
        nullif({{ sql_literal(shape.missing | join(',')) }}, '') as _missing_fields,
        records._extract_file,
        records._captured_at,
        records._number as _record_number,
        -- Of the names, too: another header is another way to say something.
        case
            when records._reason is not null then hash(records._text)
            else hash(
                {{ sql_literal(shape.columns | map(attribute='label') | join(',')) }}
                {%- for column in shape.columns %}, records.{{ column.cell }}{% endfor %}
            )
        end as _record_hash,
        records._rejection_reason,
        case
            when records._reason is not null then records._text
            when records._rejection_reason is not null
                then cast(to_json({{ csv_record(shape) }}) as varchar)
        end as _raw_record
    from checked_{{ loop.index }} as records

){{ ',' if not loop.last }}
{% endfor %}

{% for shape in shapes.readable %}
select * from landed_{{ loop.index }}
{{ 'union all' if not loop.last or shapes.unreadable }}
{% endfor %}
{% for file in shapes.unreadable %}
select
    {% for field in fields %}
    cast(null as varchar) as {{ adapter.quote(field.column) }},
    {% endfor %}
    cast(null as json) as _unknown_fields,
    cast(null as varchar) as _missing_fields,
    {{ sql_literal(file.extract_file) }} as _extract_file,
    cast({{ sql_literal(file.captured_at) }} as timestamp) as _captured_at,
    cast(1 as bigint) as _record_number,
    hash(first_line) as _record_hash,
    {{ sql_literal(file.reason) }} as _rejection_reason,
    first_line as _raw_record
from ({{ csv_first_line(file) }})
{{ 'union all' if not loop.last }}
{% endfor %}
{% if not shapes.readable and not shapes.unreadable %}
{{ land_nothing(fields, is_csv=true) }}
{% endif %}
{% endmacro %}


{# A reader of report files that share one header, every cell as text. Cells
   are named by their place, so no header can be taken for a column of the
   reader's own; and a folder called status=raw is no column. #}
{% macro read_csv_shape(shape) -%}
read_csv(
    {{ sql_paths(shape.files | map(attribute='path')) }},
    columns = {
        {% for column in shape.columns -%}
        {{ column.cell }}: 'varchar'{{ ', ' if not loop.last }}
        {%- endfor %}
    },
    auto_detect = false, header = false, skip = {{ shape.skip }},
    delim = ',', quote = '"', escape = '"', strict_mode = true,
    max_line_size = 16000000, ignore_errors = true,
    store_rejects = true, hive_partitioning = false
)
{%- endmacro %}


{# A reader of report files that DuckDB's does not read, or reads otherwise:
   whose lines end in more than one way, whose header is longer than a line,
   or in which a blank comes before a quotation mark. #}
{% macro read_odd_csv(shape) -%}
(
    with records as (
        select
            cast(file_index as bigint) as _file_index,
            {{ csv_records(
                "regexp_replace(" ~ csv_text() ~ ", '" ~ csv_start() ~ "', '')"
            ) }} as _records,
            try(decode(content)) is not null as _is_text
        from read_blob({{ sql_paths(shape.files | map(attribute='path')) }})
    ),

    numbered as (
        select
            _file_index,
            _is_text,
            unnest(_records) as _record,
            generate_subscripts(_records, 1) as _number
        from records
    ),

    decoded as (
        select
            *,
            case
                when _is_text then _record
                else try(decode(cast(_record as blob)))
            end as _decoded,
            coalesce(_decoded, _record) as _text
        from numbered
    ),

    split as (
        select
            *,
            regexp_extract_all(
                ',' || _text, ',(?:(?:"[^"]*")+ *|[^",][^,]*|)'
            ) as _cells
        from decoded
    )

    select
        _file_index,
        _number,
        _text,
        case
            when _decoded is null then 'not valid UTF-8'
            when array_to_string(_cells, '') != ',' || _text
                then 'quotation mark not closed'
            when len(_cells) > {{ shape.columns | length }}
                then 'more fields than the header has'
            when len(_cells) < {{ shape.columns | length }}
                then 'fewer fields than the header has'
        end as _reason,
        {% for column in shape.columns %}
        {% set cell = '_cells[' ~ loop.index ~ '][2:]' %}
        nullif(
            case
                when {{ cell }}[1] = '"'
                    then replace(rtrim({{ cell }})[2:-2], '""', '"')
                else {{ cell }}
            end,
            ''
        ) as {{ column.cell }}{{ ',' if not loop.last }}
        {% endfor %}
    from split
)
{%- endmacro %}


{# The text of a file that is read whole, without byte order mark; bytes that
   are not UTF-8 as escapes. #}
{% macro csv_text() -%}
ltrim(
    coalesce(
        try(decode(content)),
        regexp_replace(replace(replace(replace(
            cast(content as varchar), '\x0D', chr(13)
        ), '\x0A', chr(10)), '\x22', '"'), '^\\xEF\\xBB\\xBF', '')
    ),
    chr(65279)
)
{%- endmacro %}


{# A pattern of what comes before the records of CSV text: lines that are blank,
   and the header with its line end. #}
{% macro csv_start() -%}
^((?:[ \t]*(?:\r\n|\n|\r))*)((?:"[^"]*"|[^"\r\n])*)(?:\r\n|\n|\r)?
{%- endmacro %}


{# The records of CSV text, as a list of texts. An empty line is no record,
   and a quotation mark that is not closed makes the rest of the text one
   record. #}
{% macro csv_records(text) -%}
    {%- set cell = '(?:(?:"[^"]*"?)+[^,\\r\\n]*|[^",\\r\\n][^,\\r\\n]*|)' -%}
list_filter(
    regexp_extract_all({{ text }}, '{{ cell }}(?:,{{ cell }})*'),
    lambda record: record != ''
)
{%- endmacro %}


{# One CSV record as a struct of its cells. #}
{% macro csv_record(shape) -%}
{
    {%- for column in shape.columns -%}
    {{ sql_literal(column.label) }}: records.{{ column.cell }}
    {{- ', ' if not loop.last }}
    {%- endfor -%}
}
{%- endmacro %}


{# A time zone by the name that both engines know: to IANA capitals make no
   other zone, to Spark they do. What is no zone stays as it is. #}
{% macro zone_name(value) -%}
case
    when {{ value }} in (select name from pg_timezone_names())
        then {{ value }}
    else coalesce(
        (select list(name order by name) from pg_timezone_names())[
            list_position(
                (select list(lower(name) order by name) from pg_timezone_names()),
                lower({{ value }})
            )
        ],
        {{ value }}
    )
end
{%- endmacro %}


{# The value of a field in report files of one header, whichever of its names
   the header uses; null where the header has none of them. Blank is null, too, but
   where it says that there is none: then a file without the column does not. #}
{% macro csv_value(field, shape) -%}
    {%- set present = [] -%}
    {%- for name in field.columns -%}
        {%- for column in shape.columns if column.name == name -%}
            {%- do present.append('records.' ~ column.cell) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if not present -%}
        cast(null as varchar)
    {%- elif field.keeps_blanks -%}
        coalesce({{ present | join(', ') }}, '')
    {%- elif present | length == 1 -%}
        {{ present[0] }}
    {%- else -%}
        coalesce({{ present | join(', ') }})
    {%- endif -%}
{%- endmacro %}

{# A reader of report files that DuckDB's does not read, or reads otherwise:
   whose lines end in more than one way, whose header is longer than a line,
   or in which a blank comes before a quotation mark. #}
{% macro read_odd_csv(shape) -%}
(
    with records as (
        select
            {{ file_index_of(shape.files) }} as _file_index,
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

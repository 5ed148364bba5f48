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

{# A file keeps, in its own metadata, what its columns and rows were: where
   nothing changed it is not written again. They are looked at in every build,
   also of a mart that it left as it was: one before it may have been stopped or
   may have exported nothing. A month that lost all its rows stays, empty, for
   DuckDB deletes no file; a mart without rows has an empty one, too. #}
{% macro export_mart(relation, columns, time, path, by_month, written) %}
    {% set there = [] %}
    {% for file in written if file == path ~ '.parquet' and not by_month
        or file.startswith(path ~ '/') and by_month %}
        {% do there.append(file) %}
    {% endfor %}
    {% set before = {} %}
    {% if there %}
        {% for row in run_query(
            'select file_name, decode(value) from parquet_kv_metadata('
            ~ sql_paths(there) ~ ") where decode(key) = 'content'"
        ).rows %}
            {% do before.update({row[0]: row[1]}) %}
        {% endfor %}
    {% endif %}
    {% set now = {} %}
    {% set month = "cast(date_trunc('month', " ~ time ~ ') as date)' %}
    {% for row in run_query(
        'select ' ~ (month if by_month else 'null')
        ~ " as month, concat(bit_xor(hash(mart)), ' of ', count(*)) from "
        ~ relation ~ ' as mart' ~ (' group by all' if by_month else '')
    ).rows %}
        {% set file = path ~ '.parquet' if not by_month
            else path ~ '/'
            ~ (row[0].strftime('%Y-%m') if row[0] else 'unknown') ~ '.parquet' %}
        {% set rows = 'true' if not by_month
            else month ~ ' is not distinct from '
            ~ ("date '" ~ row[0] ~ "'" if row[0] else 'null') %}
        {% do now.update({file: {'rows': rows, 'content': row[1]}}) %}
    {% endfor %}
    {% if not now %}
        {% do there.append(path ~ '/unknown.parquet') %}
    {% endif %}
    {% for file in there | unique if file not in now %}
        {% do now.update({file: {'rows': 'false', 'content': 'none'}}) %}
    {% endfor %}
    {% for file, part in now.items() %}
        {% set content = columns ~ ': ' ~ part.content %}
        {% if before.get(file) != content %}
            {% do write_parquet(
                relation ~ ' where ' ~ part.rows, time, file, content
            ) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{# A file keeps, in its own metadata, what its rows were: that of a month in
   which nothing changed is not written again. One that lost all its rows stays,
   empty, for DuckDB deletes no file; a mart without rows has an empty one, too.
   Rows are looked at in every build, also of a mart that it left as it was: a build
   that was stopped may not have written all months. #}
{% macro export_months(relation, time, folder, written) %}
    {% set there = [] %}
    {% for file in written if file.startswith(folder ~ '/') %}
        {% do there.append(file) %}
    {% endfor %}
    {% set before = {} %}
    {% if there %}
        {% for row in run_query(
            'select file_name, decode(value) from parquet_kv_metadata('
            ~ sql_paths(there) ~ ") where decode(key) = 'rows'"
        ).rows %}
            {% do before.update({row[0]: row[1]}) %}
        {% endfor %}
    {% endif %}
    {% set now = {} %}
    {% for row in run_query(
        "select cast(date_trunc('month', " ~ time ~ ') as date),'
        ~ " bit_xor(hash(mart)) || ' of ' || count(*) from " ~ relation
        ~ ' as mart group by 1'
    ).rows %}
        {% set name = row[0].strftime('%Y-%m') if row[0] else 'unknown' %}
        {% set file = folder ~ '/' ~ name ~ '.parquet' %}
        {% do now.update({file: row[1]}) %}
        {% set rows_of_month = time ~ ' is null' if not row[0]
            else time ~ " >= date '" ~ row[0] ~ "' and " ~ time ~ " < date '"
            ~ row[0] ~ "' + interval 1 month" %}
        {% if before.get(file) != row[1] %}
            {% do write_parquet(
                relation ~ ' where ' ~ rows_of_month, time, file, row[1]
            ) %}
        {% endif %}
    {% endfor %}
    {% if not now %}
        {% do there.append(folder ~ '/unknown.parquet') %}
    {% endif %}
    {% for file in there | unique if file not in now %}
        {% if before.get(file) != 'none' %}
            {% do write_parquet(
                relation ~ ' where false', time, file, 'none'
            ) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

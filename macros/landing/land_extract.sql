{# Lands the files of one extract that are not in the base table yet: one row
   per raw record, as emitted, whatever its state. The extract's folder, fields,
   key and timestamps are those its source declares. #}
{% macro land_extract(extract) -%}
{{ adapter.dispatch('land_extract', 'gladly')(extract) }}
{%- endmacro %}


{# An empty result with the columns of a landed extract. #}
{% macro land_nothing(fields, is_csv=false) %}
select
    {% for field in fields %}
    cast(null as {{ json_type() if field.data_type == 'json' else 'string' }}) as {{ adapter.quote(field.column) }},
    {% endfor %}
    cast(null as {{ json_type() }}) as _unknown_fields,
    {% if is_csv %}
    cast(null as string) as _missing_fields,
    {% endif %}
    cast(null as string) as _extract_file,
    cast(null as timestamp) as _captured_at,
    cast(null as bigint) as _record_number,
    cast(null as {{ hash_type() }}) as _record_hash,
    cast(null as string) as _rejection_reason,
    cast(null as string) as _raw_record
where false
{% endmacro %}


{# Returns the fields of an extract as its source declares them: name as
   emitted, column in base, the columns it may come from, and what it holds. #}
{% macro landed_fields(definition) %}
    {% set fields = [] %}
    {# Ids inside JSON values are those that survive an erasure. An id that a
       company gives its customers is personal, and may be any text. #}
    {% set ids_within = {} %}
    {% if definition.meta.format != 'csv' %}
        {% for path in definition.meta.get('kept_when_erased', []) %}
            {% set steps = path.split('.') %}
            {% if modules.re.search('(^i|I)d$', steps[-1]) %}
                {% do ids_within.setdefault(steps[0], []).append(steps[-1]) %}
            {% endif %}
        {% endfor %}
    {% endif %}
    {% for column in definition.columns.values() %}
        {% set meta = column.config.meta or column.meta or {} %}
        {% set columns = [base_column_name(column.name)] %}
        {% for alias in meta.get('aliases', []) %}
            {% do columns.append(base_column_name(alias)) %}
        {% endfor %}
        {% do fields.append({
            'name': column.name,
            'column': columns[0],
            'columns': columns,
            'data_type': column.data_type or 'varchar',
            'may_be_later': meta.get('may_be_later', false),
            'ids': ids_within.get(column.name, []) | unique | sort
                if column.data_type == 'json'
                else (
                    [column.name]
                    if modules.re.search('((^| )ID( -|$)|(^i|_i|I)d$)', column.name)
                    and not meta.get('contains_personal_data')
                    else []
                ),
            'keeps_blanks': meta.get('keeps_blanks', false),
            'times': meta.get('times', []),
            'times_to_come': meta.get('times_to_come', []),
            'is_key': column.name in definition.meta.get('key', []),
            'is_needed': column.name in (
                definition.meta.get('key', []) + definition.meta.get('header', [])
            ),
            'is_alternative_key': column.name in definition.meta.get('either_key', [])
        }) %}
    {% endfor %}
    {{ return(fields) }}
{% endmacro %}


{% macro base_column_name(field) %}
    {% set words = modules.re.sub('([a-z0-9])([A-Z])', '\\1_\\2', field) %}
    {{ return(modules.re.sub('[^a-z0-9]+', '_', words | lower).strip('_')) }}
{% endmacro %}


{% macro extract_sources() %}
    {% set extracts = {} %}
    {% if execute %}
        {% for source in graph.get('sources', {}).values()
            if source.source_name == 'gladly' %}
            {% do extracts.update({source.name: source}) %}
        {% endfor %}
    {% endif %}
    {{ return(extracts) }}
{% endmacro %}


{# Whether dbt builds where extracts are landed and deleted customers erased. #}
{% macro is_building() %}
    {{ return(
        execute and flags.WHICH in ('run', 'build') and target.type == 'duckdb'
    ) }}
{% endmacro %}

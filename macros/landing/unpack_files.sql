{# Returns what to read for each path, in their order: the file itself or, where
   it is an archive or a JSON body that is no object a line, a copy; or its damage
   when it can be neither. #}
{% macro readable_files(paths) %}
    {% set readable = [] %}
    {% if paths and can_unpack() %}
        {% set found %}
            with files as (
                {% if '://' in extracts_path() %}
                select
                    filename as path,
                    case
                        when regexp_matches(filename, '[.](jsonl?|gz)$')
                            then content
                        else cast('' as blob)
                    end as content
                from read_blob({{ sql_paths(paths) }})
                {% else %}
                select
                    unnest({{ sql_list(paths) }}) as path,
                    cast(null as blob) as content
                {% endif %}
            ),

            looks as (
                select
                    path,
                    readable_extract(path, content) as look
                from files
            )

            select
                path,
                look.path as readable_path,
                look.damage
            from looks
        {% endset %}
        {% set by_path = {} %}
        {% for row in run_query(found).rows %}
            {% do by_path.update({row[0]: row}) %}
        {% endfor %}
        {% for path in paths %}
            {% do readable.append({
                'source': path,
                'path': by_path[path][1],
                'damage': by_path[path][2]
            }) %}
        {% endfor %}
    {% else %}
        {% for path in paths %}
            {% do readable.append({
                'source': path, 'path': path, 'damage': none
            }) %}
        {% endfor %}
    {% endif %}
    {{ return(readable) }}
{% endmacro %}


{# Whether archives and JSON bodies can be read: by a plugin of the profile,
   which a copy of it elsewhere may leave out. #}
{% macro can_unpack() %}
    {% if not is_building() %}
        {{ return(false) }}
    {% endif %}
    {# To look for the function among all that DuckDB has takes long. #}
    {{ return(run_query(
        "select getvariable('can_unpack_extracts') is not null"
    ).rows[0][0]) }}
{% endmacro %}

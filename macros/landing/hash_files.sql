{# SQL for the found files with a hash of their bytes, by which a landed file is
   known: size and time stay the same when somebody wants them to. An object
   store sets the time itself, so there a file is read again when it is new. #}
{% macro hash_files(landed) %}
    {% set to_read %}
        select found.path
        from found_files as found
        left join ({{ landed }}) as landed
            on
                found.extract_file = landed.extract_file
                and found.byte_count = landed.byte_count
                and found.modified_at = landed.modified_at
        where found.extract_name is not null and landed.content_hash is null
        order by found.path
    {% endset %}
    {% set paths = run_query(to_read).columns[0].values() %}
    {% set hashed %}
        with hashes as (
            {% if paths %}
            select
                filename as path,
                hash(content) as content_hash
            from read_blob({{ sql_paths(paths) }})
            {% else %}
            select null::varchar as path, null::ubigint as content_hash where false
            {% endif %}
        )

        select
            found.*,
            coalesce(hashes.content_hash, landed.content_hash) as content_hash
        from found_files as found
        left join hashes on found.path = hashes.path
        left join ({{ landed }}) as landed
            on
                found.extract_file = landed.extract_file
                and found.modified_at = landed.modified_at
    {% endset %}
    {{ return(hashed) }}
{% endmacro %}

{# SQL for the found files with what is in them: how many records, counted in
   the bytes and not by the reader that lands them, and which days the first and
   the last of them name. #}
{% macro look_at_files(landed) %}
    {% set to_look_at %}
        select hashed.path
        from hashed_files as hashed
        left join ({{ landed }}) as landed
            on
                hashed.extract_file = landed.extract_file
                and hashed.content_hash = landed.content_hash
        where
            hashed.extract_name is not null
            and (
                landed.record_count is null
                or hashed.captured_at is distinct from landed.captured_at
                or {{ flags.FULL_REFRESH | lower }}
            )
        order by hashed.path
    {% endset %}
    {% set paths = run_query(to_look_at).columns[0].values() | list %}
    {% set sound, damaged = [], [] %}
    {% for file in readable_files(paths) %}
        {% do (damaged if file.damage else sound).append(file) %}
    {% endfor %}
    {% set size = 16384 %}
    {% set fields = [
        'timestamp', 'createdAt', 'updatedAt', 'closedAt', 'occurredAt',
        'startedAt', 'completedAt',
    ] | join('|') %}
    {% set day = '([0-9]{4}-[0-9]{2}-[0-9]{2})' %}
    {% set seen %}
        with texts as (
            {% if sound %}
            select
                file_index,
                {{ csv_text() }} as text,
                -- Bytes beyond ASCII, quotation marks and line ends as escapes.
                cast(content[1:{{ size }}] as varchar) || case
                    when size > {{ size }}
                        then cast(content[-{{ size }}:] as varchar)
                    else ''
                end as ends,
                case
                    when ends_with(filename, '.csv') then 'csv'
                    when ends_with(filename, '/job.json') then 'json'
                    else 'jsonl'
                end as format
            from read_blob({{ sql_paths(sound | map(attribute='path')) }})
            {% else %}
            select
                null::bigint as file_index,
                null::varchar as text,
                null::varchar as ends,
                null::varchar as format
            where false
            {% endif %}
        ),

        looks as (
            select
                file_index,
                case
                    when format = 'json' then 1
                    when format = 'jsonl' then len(list_filter(
                        string_split(text, chr(10)),
                        lambda line: regexp_matches(line, '[^ \t\r\f]')
                    ))
                    when not regexp_matches(text, '[^ \t\r\n]') then 0
                    when contains(text, '"') then len({{ csv_records(
                        "regexp_replace(text, '" ~ csv_start() ~ "', '')"
                    ) }})
                    -- Much faster than a pattern for the lines.
                    else len(list_filter(
                        string_split(
                            replace(
                                regexp_replace(text, '{{ csv_start() }}', ''),
                                chr(13), chr(10)
                            ),
                            chr(10)
                        ),
                        lambda line: line != ''
                    ))
                end as record_count,
                list_filter(
                    list_transform(
                        case
                            when format = 'csv' then regexp_extract_all(
                                ends,
                                '(?:^|,|\\x0A|\\x22){{ day }}[T ,\\]',
                                1
                            )
                            when format = 'jsonl' then regexp_extract_all(
                                ends,
                                '\\x22(?:{{ fields }})\\x22 *: *\\x22{{ day }}',
                                1
                            )
                        end,
                        lambda found: try_cast(found as date)
                    ),
                    lambda named: named >= date '2000-01-01'
                ) as days
            from texts
        ),

        -- Joined, for a list of thousands is costly to look things up in.
        sources as (
            select
                unnest(paths) as path,
                unnest(range(len(paths))) as file_index
            from (
                select cast(
                    {{ sql_list(sound | map(attribute='source')) }} as varchar[]
                ) as paths
            )
        ),

        looked as (
            select sources.path, looks.* exclude (file_index)
            from looks
            inner join sources on looks.file_index = sources.file_index
        ),

        damages as (
            select * from (
                values
                {% for file in damaged %}
                ({{ sql_literal(file.source) }}, {{ sql_literal(file.damage) }}),
                {% endfor %}
                (cast(null as varchar), cast(null as varchar))
            ) as listed (path, damage)
            where path is not null
        )

        select
            hashed.path,
            hashed.extract_file,
            hashed.extract_name,
            hashed.captured_at,
            hashed.byte_count,
            hashed.modified_at,
            hashed.content_hash,
            case
                when damages.path is not null then 1
                else coalesce(looks.record_count, landed.record_count)
            end as record_count,
            case
                when looks.path is null
                    then coalesce(damages.damage, landed.damage)
            end as damage,
            case
                when looks.path is null then landed.newest_record_date
                else list_max(list_filter(
                    looks.days, lambda named: named <= hashed.captured_at
                ))
            end as newest_record_date,
            case
                when looks.path is null then landed.is_before_its_records
                else len(list_filter(
                    looks.days,
                    lambda named: named > hashed.captured_at + interval 7 days
                )) > len(looks.days) / 2
            end as is_before_its_records
        from hashed_files as hashed
        left join looked as looks on hashed.path = looks.path
        left join damages on hashed.path = damages.path
        left join ({{ landed }}) as landed
            on
                hashed.extract_file = landed.extract_file
                and hashed.content_hash = landed.content_hash
    {% endset %}
    {{ return(seen) }}
{% endmacro %}

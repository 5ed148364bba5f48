{# Looks through the extracts folder and returns what keeps it from being
   landed, in sentences. The model raises them: raised in a macro they would come
   with the names of macros. #}
{% macro find_folder_problems() %}
    {# Who lands a share of the folder has looked through all of it before. #}
    {% if not is_building() or landing_share() %}
        {{ return([]) }}
    {% endif %}
    {% set problems = check_file_names() %}
    {% if problems %}
        {{ return(problems[:20]) }}
    {% endif %}
    {% set found = find_extract_files() %}
    {% if not found %}
        {{ return([
            'No extracts in "' ~ extracts_path() ~ '": the folder does not exist or'
            ~ ' holds no files. Set GLADLY_EXTRACTS_PATH to the folder that holds'
            ~ ' exports/, reports/, events/, entities/ and lookups/ (layout:'
            ~ ' README.md).'
        ]) }}
    {% endif %}
    {% do run_query(
        'create or replace temporary table found_files as '
        ~ list_extract_files(found)
    ) %}
    {% set landed = landed_extract_files() %}
    {% do run_query(
        'create or replace temporary table hashed_files as ' ~ hash_files(landed)
    ) %}
    {{ return(check_extract_files(landed)[:20]) }}
{% endmacro %}


{# Returns sentences that say what to do when the extracts folder cannot be
   landed as it is: none when it can. #}
{% macro check_extract_files(landed) %}
    {% set root = extracts_path() %}
    {% set problems = [] %}
    {% set unnamed %}
        select extract_file from found_files
        where extract_name is not null and captured_at is null
        order by extract_file
    {% endset %}
    {% for extract_file in run_query(unnamed).columns[0].values() %}
        {% if extract_file.startswith('exports/') %}
            {% do problems.append(
                '"' ~ root ~ '/' ~ extract_file ~ '" has no capture time: save the job as'
                ~ ' GET /export/jobs/{id} returns it, with "updatedAt", in "'
                ~ root ~ '/' ~ extract_file.rsplit('/', 1)[0] ~ '/job.json".'
            ) %}
        {% else %}
            {% do problems.append(
                '"' ~ root ~ '/' ~ extract_file ~ '" has no capture time in its name: rename it to "'
                ~ root ~ '/' ~ extract_file.rsplit('/', 1)[0] ~ '/<YYYYMMDDTHHMMSSZ>__'
                ~ extract_file.rsplit('/', 1)[1].split('__')[-1]
                ~ '", the UTC time at which the response was received.'
            ) %}
        {% endif %}
    {% endfor %}
    {% set found = run_query(
        'select distinct extract_name from found_files where extract_name is not null'
    ).columns[0].values() %}
    {% if 'conversation_export_report' not in found %}
        {% do problems.append(
            'Required extract missing: no file in "' ~ root ~ '/reports/ConversationExportReport/".'
            ~ ' Export the report ConversationExportReport and save it there as'
            ~ ' <YYYYMMDDTHHMMSSZ>__<anything>.csv.'
        ) %}
    {% endif %}
    {% if 'work_session_events' not in found
        and 'contact_export_report' not in found %}
        {% do problems.append(
            'Required extract missing: no file in "' ~ root ~ '/reports/WorkSessionEvents/" nor in "'
            ~ root ~ '/reports/ContactExportReportV3/". At least one of the two must be there,'
            ~ ' saved as <YYYYMMDDTHHMMSSZ>__<anything>.csv.'
        ) %}
    {% endif %}
    {% if problems %}
        {% do problems.extend(misplaced_extracts()) %}
    {% endif %}
    {% if not flags.FULL_REFRESH %}
        {% set changed %}
            select hashed.extract_file
            from hashed_files as hashed
            inner join ({{ landed }}) as landed
                on hashed.extract_file = landed.extract_file
            where
                landed.set_aside_reason is null
                and (
                    hashed.byte_count != landed.byte_count
                    or hashed.content_hash != landed.content_hash
                    or hashed.captured_at is distinct from landed.captured_at
                )
            order by hashed.extract_file
        {% endset %}
        {% for extract_file in run_query(changed).columns[0].values() %}
            {% do problems.append(
                '"' ~ root ~ '/' ~ extract_file ~ '" has changed since it was landed. Extract files'
                ~ ' are never rewritten: save the new response under its own capture time, or'
                ~ ' rebuild from the folder with dbt build --full-refresh.'
            ) %}
        {% endfor %}
    {% endif %}
    {% if not var('accept_removed_files') %}
        {% for row in run_query(removed_folders(landed)).rows %}
            {% do problems.append(
                '"' ~ root ~ '/' ~ row['folder'] ~ '" '
                ~ ('cannot be read' if row['is_unread'] else 'holds no extract file any more')
                ~ ', but files were landed from it (' ~ row['file_count'] ~ '): make it'
                ~ ' readable again or, if they were removed on purpose, build once with'
                ~ " --vars '{accept_removed_files: true}'."
            ) %}
        {% endfor %}
    {% endif %}
    {{ return(problems) }}
{% endmacro %}


{# SQL for the folders that landed files have gone from without a trace: a
   folder that cannot be read, or that none of its files is left in, may be a
   share that is not mounted. A job is removed as a file is, but not all of
   them. When no landed file is left at all, another folder of extracts is
   being read. #}
{% macro removed_folders(landed) %}
with unread as (
    select
        unnest(cast(getvariable('unread_extract_paths') as varchar[])) as path
),

files as (
    select
        landed.extract_file,
        found.extract_file is not null as is_there,
        case
            when starts_with(landed.extract_file, 'exports/') then 'exports'
            else regexp_replace(landed.extract_file, '/[^/]*$', '')
        end as folder
    from ({{ landed }}) as landed
    left join found_files as found
        on
            landed.extract_file = found.extract_file
            and found.extract_name is not null
    where landed.set_aside_reason is null
),

folders_left as (
    select distinct case
        when starts_with(extract_file, 'exports/') then 'exports'
        else regexp_replace(extract_file, '/[^/]*$', '')
    end as folder
    from found_files
    where extract_name is not null
),

gone as (
    select
        files.folder,
        (
            select min(unread.path) from unread
            where
                files.extract_file = unread.path
                or starts_with(files.extract_file, unread.path || '/')
        ) as unread_path
    from files
    where not files.is_there
)

select
    coalesce(gone.unread_path, gone.folder) as folder,
    gone.unread_path is not null as is_unread,
    count(*) as file_count
from gone
left join folders_left on gone.folder = folders_left.folder
where
    gone.unread_path is not null
    or (
        folders_left.folder is null
        and exists (select 1 from files where is_there)
    )
group by all
order by 1
{% endmacro %}


{# Returns a sentence for each file of the extracts folder that is in the wrong
   place, from a plugin of the profile. #}
{% macro misplaced_extracts() %}
    {% set functions %}
        select count(*) from duckdb_functions()
        where function_name = 'misplaced_extracts'
    {% endset %}
    {% if run_query(functions).rows[0][0] == 0 %}
        {{ return([]) }}
    {% endif %}
    {{ return(run_query(
        'select unnest(misplaced_extracts(' ~ sql_literal(extracts_path()) ~ '))'
    ).columns[0].values() | list) }}
{% endmacro %}

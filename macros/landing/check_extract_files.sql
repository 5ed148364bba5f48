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

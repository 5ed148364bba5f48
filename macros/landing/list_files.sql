{# Returns a sentence for each file whose name is no text, which DuckDB stops at
   without a word on which. Names and folders are looked at by a plugin of the
   profile. #}
{% macro check_file_names() %}
    {% set problems = [] %}
    {% for name in run_query(
        "select unnest(cast(getvariable('unnamed_extract_files') as varchar[]))"
    ).columns[0].values() %}
        {% do problems.append(
            '"' ~ extracts_path() ~ '/' ~ name ~ '" has a name that is not UTF-8:'
            ~ ' rename it.'
        ) %}
    {% endfor %}
    {{ return(problems) }}
{% endmacro %}


{# Returns the path of every file below the extracts folder. ** follows no
   links, as those of a data versioning tool, so the levels that extracts are on
   are listed too. #}
{% macro find_extract_files() %}
    {% set root = extracts_path() %}
    {% set patterns = [literal_path(root) ~ '/**'] %}
    {% if '://' not in root %}
        {% do patterns.extend([
            literal_path(root) ~ '/*/*', literal_path(root) ~ '/*/*/*'
        ]) %}
    {% endif %}
    {{ return(run_query(
        'select distinct file from glob(' ~ sql_list(patterns) ~ ') order by file'
    ).columns[0].values() | list) }}
{% endmacro %}


{# Returns SQL that lists files below the extracts folder with the extract each
   belongs to, its capture time and its size. #}
{% macro list_extract_files(found) %}
    {% set root = extracts_path() %}
    {% set jobs, job_files = [], [] %}
    {% set is_job = '/exports/[^/]+/job[.]json(?:[.]gz)?$' %}
    {% for path in found if modules.re.search(is_job, path) %}
        {% do jobs.append(path) %}
    {% endfor %}
    {% for file in readable_files(jobs) if not file.damage %}
        {% do job_files.append(
            dict(file, job_id=file.source.split('/')[-2])
        ) %}
    {% endfor %}
    {% set listing %}
with files as (
    select
        filename as path,
        substr(filename, {{ root | length + 2 }}) as extract_file,
        string_split(substr(filename, {{ root | length + 2 }}), '/') as parts,
        {% if can_unpack() %}
        regexp_replace(parts[-1], '[.]gz$', '') as file_name,
        {% else %}
        parts[-1] as file_name,
        {% endif %}
        size as byte_count,
        -- On a disk anybody can set it, and a copy has another.
        {% if '://' in root %}
        cast(last_modified as varchar) as modified_at
        {% else %}
        cast(null as varchar) as modified_at
        {% endif %}
    from read_blob({{ sql_paths(found) }})
),

extracts as (
    select * from (
        values
        {% for name, source in extract_sources().items() %}
        ({{ sql_literal(name) }}, {{ sql_literal(source.meta.path) }})
        {{ ',' if not loop.last }}
        {% endfor %}
    ) as listed (extract_name, extract_path)
),

job_objects as (
    {% if job_files %}
    select
        {{ file_value('job_id', job_files, 'file_index') }} as job_id,
        json_extract_string(
            try_cast(try(decode(content)) as json), '$.updatedAt'
        ) as updated_at
    from read_blob({{ sql_paths(job_files | map(attribute='path')) }})
    {% else %}
    select null::varchar as job_id, null::varchar as updated_at where false
    {% endif %}
),

jobs as (
    select
        job_id,
        case
            when not {{ is_impossible_offset('updated_at') }}
                then {{ to_utc('updated_at') }}
        end as captured_at
    from job_objects
),

classified as (
    select
        files.path,
        files.extract_file,
        files.byte_count,
        files.modified_at,
        case
            when files.parts[1] = 'exports' and len(files.parts) = 3
                then 'exports/' || files.file_name
            when files.parts[1] = 'events' and len(files.parts) = 2
                and regexp_matches(files.file_name, '[.]jsonl?$')
                then 'events'
            when files.parts[1] = 'reports' and len(files.parts) = 3
                and ends_with(files.file_name, '.csv')
                then 'reports/' || files.parts[2]
            when files.parts[1] in ('entities', 'lookups') and len(files.parts) = 3
                and regexp_matches(files.file_name, '[.]jsonl?$')
                then files.parts[1] || '/' || files.parts[2]
        end as extract_path,
        case when files.parts[1] = 'exports' then files.parts[2] end as job_id,
        try_strptime(
            nullif(regexp_extract(files.parts[-1], '^([0-9]{8}T[0-9]{6}Z)__', 1), ''),
            '%Y%m%dT%H%M%SZ'
        ) as named_at
    from files
    where not starts_with(files.parts[-1], '.')
)

select
    classified.path,
    classified.extract_file,
    extracts.extract_name,
    coalesce(jobs.captured_at, classified.named_at) as captured_at,
    classified.byte_count,
    classified.modified_at
from classified
left join extracts using (extract_path)
left join jobs using (job_id)
    {% endset %}
    {{ return(listing) }}
{% endmacro %}


{% macro extracts_path() %}
    {{ return(env_var('GLADLY_EXTRACTS_PATH', 'extracts/sample').rstrip('/')) }}
{% endmacro %}

{# Looks through the extracts folder and returns what keeps it from being
   landed, in sentences. The model raises them: raised in a macro they would come
   with the names of macros. #}
{% macro find_folder_problems() %}
    {% if not is_building() %}
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

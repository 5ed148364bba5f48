{% set problems = find_folder_problems() %}
{% if problems %}
    {{ exceptions.raise_compiler_error(problems | join('\n')) }}
{% endif %}
{{ land_extract_files() }}

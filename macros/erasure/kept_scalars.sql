{# The expression behind `kept_json`, without its type and its safety. #}
{% macro kept_scalars(value, paths, path='$') -%}
    {%- set found = value if path == '$'
        else "json_extract(" ~ value ~ ", '" ~ path ~ "')" -%}
    {%- if paths == [''] -%}
        case
            when json_type({{ found }}) not in ('OBJECT', 'ARRAY')
                then {{ found }}
        end
    {%- elif paths and paths[0].startswith('[]') -%}
        {%- set below = [] -%}
        {%- for each in paths -%}
            {%- do below.append(each[2:].lstrip('.')) -%}
        {%- endfor -%}
        case
            when json_type({{ found }}) = 'ARRAY' then to_json(list_transform(
                json_extract({{ found }}, '$[*]'),
                lambda element: {{ kept_scalars('element', below) }}
            ))
        end
    {%- else -%}
        {%- set fields = {} -%}
        {%- for each in paths -%}
            {%- set name = each.split('.')[0].split('[')[0] -%}
            {%- set rest = each[name | length:].lstrip('.') -%}
            {%- do fields.setdefault(name, []).append(rest) -%}
        {%- endfor -%}
        {%- set entries = [] -%}
        {%- for name, below in fields.items() -%}
            {%- do entries.append(
                sql_literal(name) ~ ', ' ~ kept_scalars(value, below, path ~ '.' ~ name)
            ) -%}
        {%- endfor -%}
        {%- set object = 'json_object(' ~ entries | join(', ') ~ ')' -%}
        {%- if path == '$' -%}
            case
                when {{ found }} is not null
                    then json_merge_patch('{}', {{ object }})
            end
        {%- else -%}
            {{ object }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

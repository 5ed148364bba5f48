{% set rules = restatement_rules() %}

with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

{% for extract, rule in rules.items() %}
    {{ restated_values(extract, rule) }},
{% endfor %}

combined as (

    {% for extract in rules %}
        select * from {{ extract }}_restated
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

resolved as (

    select
        {{ hashed_key([
            'combined.extract_name', 'combined.extract_file',
            'combined.record_number', 'combined.column_name',
        ]) }} as restatement_key,
        combined.extract_name,
        combined.entity,
        combined.entity_id,
        conversation_ids.conversation_id,
        combined.column_name,
        combined.old_value,
        combined.new_value,
        combined.change_kind,
        combined.previous_captured_at,
        combined.captured_at,
        combined.previous_extract_file,
        combined.extract_file
    from combined
    left join conversation_ids
        on
            combined.reported_conversation_id
            = conversation_ids.reported_conversation_id

)

select * from resolved

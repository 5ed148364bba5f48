with

outcomes as (

    {% for extract in extract_names() %}
        {{ record_outcomes(extract) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

keyed as (

    select
        {{ hashed_key(['extract_name', 'outcome']) }} as row_balance_key,
        *
    from outcomes

)

select * from keyed

{# CTEs that find what a source cuts to seconds in one that does not. The last,
   precise, is the relation with a column finest_<moment> for each moment: null
   where it is not cut, or no other source has it finer. Columns that are alike
   make two times one event. Where the source itself is finer in that second, a
   time without fraction is an event of its own; so two of one source stay two. #}
{% macro precise_moments(relation, moments, alike, source='_extract_file') %}
{% set seconds = [] %}
{% for moment in moments %}
    {% do seconds.append("date_trunc('second', " ~ moment ~ ')') %}
{% endfor %}
alike as (

    select
        *,
        {{ hashed_key(alike + seconds) }} as second_key,
        {% for moment in moments %}
        coalesce({{ is_cut_to_second(moment) }}, true)
        {{ 'and' if not loop.last }}
        {% endfor %}
        as is_cut
    from {{ relation }}

),

finest as (

    select
        cut_ones.second_key as finest_second_key,
        cut_ones.{{ source }} as finest_source
        {% for moment in moments %}
        ,
        min(fine_ones.{{ moment }}) as finest_{{ moment }}
        {% endfor %}
    from alike as cut_ones
    inner join alike as fine_ones
        on cut_ones.second_key = fine_ones.second_key
    where cut_ones.is_cut and fine_ones.is_cut = false
    group by cut_ones.second_key, cut_ones.{{ source }}
    having bool_or(fine_ones.{{ source }} = cut_ones.{{ source }}) = false

),

precise as (

    select
        alike.*,
        finest.*
    from alike
    left join finest
        on
            -- In the key, for a join cannot be hashed on a condition of one side.
            case when alike.is_cut then alike.second_key end
            = finest.finest_second_key
            and alike.{{ source }} = finest.finest_source

)
{% endmacro %}

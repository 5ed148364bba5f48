{{ config(severity='warn') }}

select * from {{ ref('int_doubtful_values_unioned') }}
where problem = 'cut at its row cap'

{# Statements that make those parts of the model's table anew whose keys are in
   the table touched: of the inputs that are parted alike just these rows are
   read. #}
{% macro rebuild_parts(columns) %}
    {% set parts = rebuilt_by(model) %}
    {% set cut = namespace(sql=compiled_code) %}
    {% for input, column in parts.cut.items() %}
        {% set part = 'part_of_' ~ input.split('.')[-1].strip('"') %}
        create or replace temp view {{ part }} as
        select whole.*
        from {{ input }} as whole
        semi join touched on whole.{{ column }} is not distinct from touched.value;
        {% set cut.sql = cut.sql.replace(input, part) %}
    {% endfor %}
    {% set is_touched %}
        touched on rows_.{{ parts.column }} is not distinct from touched.value
    {% endset %}
    create or replace temp table rows_before as
    select rows_.* from {{ this }} as rows_ semi join {{ is_touched }};
    create or replace temp table rows_after as from rows_before limit 0;
    insert into rows_after by name
    {{ cut.sql }};
    select error('a row that {{ model.name }} makes of a part is in another part')
    from rows_after as rows_
    anti join {{ is_touched }};
    {{ compare_rows(
        'rows_before', 'rows_after', (columns + [parts.column]) | unique | list
    ) }};
    delete from touched
    where not exists (
        select 1 from differing
        where differing.{{ parts.column }} is not distinct from touched.value
    );
    delete from {{ this }} as rows_
    using touched
    where rows_.{{ parts.column }} is not distinct from touched.value;
    insert into {{ this }}
    select rows_.* from rows_after as rows_ semi join {{ is_touched }};
{% endmacro %}

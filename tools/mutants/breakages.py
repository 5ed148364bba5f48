"""The ways in which a query is broken, on the tree that sqlglot makes of it.

Each way looks for one kind of node and offers changes of it: a change takes the node
of a copied tree and breaks it in place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from sqlglot import exp

Change = Callable[[exp.Expr], None]
Changes = Iterator[tuple[str, Change]]
#: Names that dbt gives the fixtures of a unit test.
FIXTURE, EXPECTED = "__dbt__cte__", "dbt_internal_unit_test_expected"


class Breakage(NamedTuple):
    """A way to break a query.

    Attributes:
        area: what the broken part decides.
        what: the sentence for it.
        of: kind of the node.
        changes: from a node to the changes it offers, each with a suffix that
            distinguishes it from the others of the node.
    """

    area: str
    what: str
    of: type[exp.Expr]
    changes: Callable[[exp.Expr], Changes]


class Site(NamedTuple):
    """A place to break.

    Attributes:
        name: the same in every query that has the place.
        breakage: what is done there.
        position: of the node in the walk through its tree.
        suffix: which of the changes that the breakage offers.
    """

    name: str
    breakage: Breakage
    position: int
    suffix: str


BREAKAGES: list[Breakage] = []


def _breaks(
    area: str, what: str, of: type[exp.Expr]
) -> Callable[[Callable[[exp.Expr], Changes]], None]:
    def add(changes: Callable[[exp.Expr], Changes]) -> None:
        BREAKAGES.append(Breakage(area, what, of, changes))

    return add


def _becomes(old: type[exp.Expr], new: type[exp.Expr], area: str) -> None:
    """Add a way that turns a node of one kind into one of another."""

    def changes(node: exp.Expr) -> Changes:
        # A subclass of the kind is another kind.
        if type(node) is old:
            yield "", lambda found: _replace(found, new(**found.args))

    names = (old.__name__.lower(), new.__name__.lower())
    BREAKAGES.append(Breakage(area, f"{names[0]} becomes {names[1]}", old, changes))


def _replace(old: exp.Expr, new: exp.Expr) -> None:
    old.replace(new)


def _text_of(node: exp.Expr, key: str) -> str:
    return str(node.args.get(key) or "").upper()


def _pop(node: exp.Expr) -> None:
    node.pop()


def _conjuncts(condition: exp.Expr | None) -> int:
    if not isinstance(condition, exp.And):
        return 1 if condition is not None else 0
    return len([*condition.flatten()])


def _without(condition: exp.Expr, number: int) -> exp.Expr | None:
    if not isinstance(condition, exp.And):
        return None
    kept = [part.copy() for n, part in enumerate(condition.flatten()) if n != number]
    return exp.and_(*kept, copy=False)


def _drop_conjunct(node: exp.Expr, key: str, number: int) -> None:
    kept = _without(node.args[key], number)
    node.set(key, kept if kept is not None else exp.true())


def _drop_conjunct_of_filter(node: exp.Expr, number: int) -> None:
    _drop_conjunct(node.expression, "this", number)


def _pop_part(node: exp.Expr, key: str, number: int) -> None:
    parts = [*node.args[key]]
    del parts[number]
    node.set(key, parts)


def _set(node: exp.Expr, key: str, value: Any) -> None:
    node.set(key, value)


# Boundaries and comparisons ----------------------------------------------------------

SWAPS: list[tuple[str, type[exp.Expr], type[exp.Expr]]] = [
    ("boundaries", exp.LT, exp.LTE),
    ("boundaries", exp.LTE, exp.LT),
    ("boundaries", exp.GT, exp.GTE),
    ("boundaries", exp.GTE, exp.GT),
    ("boundaries", exp.EQ, exp.NEQ),
    ("boundaries", exp.NEQ, exp.EQ),
    ("boundaries", exp.LT, exp.GT),
    ("boundaries", exp.GT, exp.LT),
    ("boundaries", exp.NullSafeNEQ, exp.NEQ),
    ("boundaries", exp.NullSafeEQ, exp.EQ),
    ("boundaries", exp.NullSafeNEQ, exp.NullSafeEQ),
    ("conditions", exp.And, exp.Or),
    ("conditions", exp.Or, exp.And),
    ("amounts", exp.Add, exp.Sub),
    ("amounts", exp.Sub, exp.Add),
    ("amounts", exp.Mul, exp.Div),
    ("amounts", exp.Div, exp.Mul),
    ("aggregates", exp.Min, exp.Max),
    ("aggregates", exp.Max, exp.Min),
    ("aggregates", exp.Sum, exp.Max),
    ("aggregates", exp.Count, exp.Max),
    ("aggregates", exp.ArgMax, exp.ArgMin),
    ("aggregates", exp.ArgMin, exp.ArgMax),
    ("aggregates", exp.LogicalOr, exp.LogicalAnd),
    ("aggregates", exp.LogicalAnd, exp.LogicalOr),
    ("aggregates", exp.Greatest, exp.Least),
    ("aggregates", exp.Least, exp.Greatest),
    ("order", exp.Lag, exp.Lead),
    ("order", exp.Lead, exp.Lag),
    ("order", exp.FirstValue, exp.LastValue),
    ("order", exp.LastValue, exp.FirstValue),
]
for place, one, other in SWAPS:
    _becomes(one, other, place)


@_breaks("boundaries", "between leaves out its first value", exp.Between)
def _between_low(node: exp.Expr) -> Changes:
    def change(found: exp.Expr) -> None:
        this, low, high = (found.args[key].copy() for key in ("this", "low", "high"))
        above = exp.GT(this=this, expression=low)
        found.replace(exp.paren(exp.and_(above, exp.LTE(this=this, expression=high))))

    yield "", change


@_breaks("boundaries", "between leaves out its last value", exp.Between)
def _between_high(node: exp.Expr) -> Changes:
    def change(found: exp.Expr) -> None:
        this, low, high = (found.args[key].copy() for key in ("this", "low", "high"))
        below = exp.LT(this=this, expression=high)
        found.replace(exp.paren(exp.and_(exp.GTE(this=this, expression=low), below)))

    yield "", change


@_breaks("boundaries", "a number is one larger", exp.Literal)
def _number(node: exp.Expr) -> Changes:
    if not node.args.get("is_string") and str(node.this).isdigit():
        if node.find_ancestor(exp.DataType, exp.Interval, exp.Order):
            return
        # What stands between the parts of a key may be any character.
        if isinstance(node.parent, exp.Chr):
            return
        larger = str(int(str(node.this)) + 1)
        yield "", lambda found: _replace(found, exp.Literal.number(larger))


@_breaks("boundaries", "an interval is one unit longer", exp.Interval)
def _interval(node: exp.Expr) -> Changes:
    amount = node.this
    if isinstance(amount, exp.Literal) and str(amount.this).isdigit():
        longer = str(int(str(amount.this)) + 1)
        yield (
            "",
            lambda found: _replace(
                found.this, exp.Literal(this=longer, is_string=amount.is_string)
            ),
        )


@_breaks("conditions", "is null becomes is not null", exp.Is)
def _is(node: exp.Expr) -> Changes:
    if not isinstance(node.parent, exp.Not):
        yield "", lambda found: _replace(found, exp.Not(this=found.copy()))


@_breaks("conditions", "not is left out", exp.Not)
def _not(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("conditions", "a value of a list is left out", exp.In)
def _in(node: exp.Expr) -> Changes:
    listed = node.expressions
    for number in range(len(listed) if len(listed) > 1 else 0):
        yield f"[{number}]", partial(_pop_part, key="expressions", number=number)


# Filters -----------------------------------------------------------------------------


@_breaks("filters", "a condition of where is dropped", exp.Where)
def _where(node: exp.Expr) -> Changes:
    if isinstance(node.parent, exp.Filter):
        return
    for number in range(_conjuncts(node.this)):
        yield f"[{number}]", partial(_drop_conjunct, key="this", number=number)


@_breaks("filters", "a condition of an aggregate's filter is dropped", exp.Filter)
def _filter(node: exp.Expr) -> Changes:
    where = node.expression
    for number in range(_conjuncts(where.this)):
        yield (
            f"[{number}]",
            partial(_drop_conjunct_of_filter, number=number),
        )


@_breaks("filters", "having is dropped", exp.Having)
def _having(node: exp.Expr) -> Changes:
    yield "", _pop


@_breaks("dedupe", "a condition of qualify is dropped", exp.Qualify)
def _qualify(node: exp.Expr) -> Changes:
    for number in range(_conjuncts(node.this)):
        yield f"[{number}]", partial(_drop_conjunct, key="this", number=number)


# Joins -------------------------------------------------------------------------------


@_breaks("joins", "a left join becomes an inner one", exp.Join)
def _left(node: exp.Expr) -> Changes:
    if _text_of(node, "side") == "LEFT":
        yield "", lambda found: found.set("side", None)


@_breaks("joins", "an inner join becomes a left one", exp.Join)
def _inner(node: exp.Expr) -> Changes:
    if _text_of(node, "kind") == "INNER" and not _text_of(node, "side"):

        def change(found: exp.Expr) -> None:
            found.set("kind", None)
            found.set("side", "LEFT")

        yield "", change


@_breaks("joins", "a full join becomes a left one", exp.Join)
def _full(node: exp.Expr) -> Changes:
    if _text_of(node, "side") == "FULL":
        yield "", lambda found: found.set("side", "LEFT")


@_breaks("joins", "an anti join becomes a semi join", exp.Join)
def _anti(node: exp.Expr) -> Changes:
    for old, new in (("ANTI", "SEMI"), ("SEMI", "ANTI")):
        if _text_of(node, "kind") == old:
            yield "", partial(_set, key="kind", value=new)


@_breaks("joins", "a condition of a join is dropped", exp.Join)
def _on(node: exp.Expr) -> Changes:
    for number in range(_conjuncts(node.args.get("on"))):
        yield f"[{number}]", partial(_drop_conjunct, key="on", number=number)


@_breaks("joins", "a column of using is dropped", exp.Join)
def _using(node: exp.Expr) -> Changes:
    using = node.args.get("using") or []
    for number in range(len(using) if len(using) > 1 else 0):
        yield f"[{number}]", partial(_pop_part, key="using", number=number)


# Order and windows -------------------------------------------------------------------


@_breaks("order", "an order is turned round", exp.Ordered)
def _turned(node: exp.Expr) -> Changes:
    yield "", lambda found: found.set("desc", not found.args.get("desc"))


@_breaks("order", "what comes without a value comes at the other end", exp.Ordered)
def _nulls(node: exp.Expr) -> Changes:
    if "nulls" in node.sql(dialect="duckdb").lower():
        yield (
            "",
            lambda found: found.set("nulls_first", not found.args.get("nulls_first")),
        )


@_breaks("order", "a part of an order is dropped", exp.Order)
def _order(node: exp.Expr) -> Changes:
    parts = node.expressions
    for number in range(len(parts) if len(parts) > 1 else 0):
        yield f"[{number}]", partial(_pop_part, key="expressions", number=number)


@_breaks("dedupe", "a part of a partition is dropped", exp.Window)
def _partition(node: exp.Expr) -> Changes:
    for number in range(len(node.args.get("partition_by") or [])):
        yield f"[{number}]", partial(_pop_part, key="partition_by", number=number)


@_breaks("order", "the frame of a window is dropped", exp.Window)
def _frame(node: exp.Expr) -> Changes:
    if node.args.get("spec"):
        yield "", lambda found: found.set("spec", None)


# Grain -------------------------------------------------------------------------------


@_breaks("balance", "union all becomes union", exp.Union)
def _union_all(node: exp.Expr) -> Changes:
    if not node.args.get("distinct"):
        yield "", lambda found: found.set("distinct", True)


@_breaks("balance", "union becomes union all", exp.Union)
def _union(node: exp.Expr) -> Changes:
    if node.args.get("distinct"):
        yield "", lambda found: found.set("distinct", False)


@_breaks("balance", "the second half of a union is dropped", exp.Union)
def _half(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("balance", "a count of different values counts all", exp.Count)
def _distinct(node: exp.Expr) -> Changes:
    if isinstance(node.this, exp.Distinct):
        yield (
            "",
            lambda found: found.set("this", found.this.expressions[0].copy()),
        )


@_breaks("dedupe", "select distinct becomes select", exp.Select)
def _select_distinct(node: exp.Expr) -> Changes:
    if node.args.get("distinct"):
        yield "", lambda found: found.set("distinct", None)


# Values ------------------------------------------------------------------------------


@_breaks("coalesce", "the first two of a coalesce change places", exp.Coalesce)
def _coalesce_swapped(node: exp.Expr) -> Changes:
    def change(found: exp.Expr) -> None:
        first, second = found.this.copy(), found.expressions[0].copy()
        found.set("expressions", [first, *found.expressions[1:]])
        found.set("this", second)

    if node.expressions and not isinstance(node.expressions[0], exp.Literal):
        yield "", change


@_breaks("coalesce", "the last of a coalesce is dropped", exp.Coalesce)
def _coalesce_last(node: exp.Expr) -> Changes:
    def change(found: exp.Expr) -> None:
        kept = found.expressions[:-1]
        if kept:
            found.set("expressions", kept)
        else:
            found.replace(found.this.copy())

    if node.expressions:
        yield "", change


@_breaks("coalesce", "the first of a coalesce is dropped", exp.Coalesce)
def _coalesce_first(node: exp.Expr) -> Changes:
    def change(found: exp.Expr) -> None:
        first, *rest = found.expressions
        if rest:
            found.set("this", first)
            found.set("expressions", rest)
        else:
            found.replace(first.copy())

    if node.expressions:
        yield "", change


@_breaks("conditions", "a branch of a case is dropped", exp.Case)
def _branch(node: exp.Expr) -> Changes:
    branches = node.args["ifs"]
    for number in range(len(branches) if len(branches) > 1 else 0):
        yield f"[{number}]", partial(_pop_part, key="ifs", number=number)


@_breaks("conditions", "two branches of a case change places", exp.Case)
def _branches(node: exp.Expr) -> Changes:
    def change(found: exp.Expr, number: int) -> None:
        branches = [each.copy() for each in found.args["ifs"]]
        pair = branches[number : number + 2]
        branches[number : number + 2] = pair[::-1]
        found.set("ifs", branches)

    for number in range(len(node.args["ifs"]) - 1):
        yield f"[{number}]", partial(change, number=number)


@_breaks("conditions", "the else of a case is dropped", exp.Case)
def _else(node: exp.Expr) -> Changes:
    default = node.args.get("default")
    if default is not None and not isinstance(default, exp.Null):
        yield "", lambda found: found.set("default", None)


@_breaks("conditions", "true becomes false, false true", exp.Boolean)
def _boolean(node: exp.Expr) -> Changes:
    yield "", lambda found: found.set("this", not found.this)


@_breaks("ids", "a blank is a value", exp.Nullif)
def _nullif(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("ids", "capitals and small letters differ", exp.Lower)
def _lower(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("ids", "blanks around a text stay", exp.Trim)
def _trim(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("zones", "a time zone is not applied", exp.AtTimeZone)
def _zone(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("zones", "a day is a moment", exp.Cast)
def _day(node: exp.Expr) -> Changes:
    if node.args["to"].this == exp.DataType.Type.DATE and not isinstance(
        node.this, exp.Literal
    ):
        yield "", lambda found: _replace(found, found.this.copy())


@_breaks("allocation", "what is rounded is not", exp.Round)
def _round(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


@_breaks("allocation", "a quotient has no guard against nothing", exp.Abs)
def _abs(node: exp.Expr) -> Changes:
    yield "", lambda found: _replace(found, found.this.copy())


def sites(tree: exp.Expr) -> Iterator[Site]:
    """Yield every place of the model in a query, its own or that of a unit test."""
    seen: Counter[str] = Counter()
    for position, node in enumerate(tree.walk()):
        step = _step(node)
        if step is None:
            continue
        for breakage in BREAKAGES:
            if not isinstance(node, breakage.of):
                continue
            text = ""
            for suffix, _ in breakage.changes(node):
                text = text or _text(node)
                name = f"{step}: {breakage.what}{suffix}: {text}"
                seen[name] += 1
                yield Site(f"{name} #{seen[name]}", breakage, position, suffix)


def broken(tree: exp.Expr, site: Site) -> exp.Expr:
    """Return a copy of a tree, broken at one of its places."""
    copy = tree.copy()
    node = next(islice(copy.walk(), site.position, None))
    changes = dict(site.breakage.changes(node))
    changes[site.suffix](node)
    return copy


def _text(node: exp.Expr) -> str:
    """Return a node's SQL, with fixtures and tables called alike."""
    text = node.sql(dialect="duckdb", comments=False).replace(FIXTURE, "")
    return re.sub(r'"[^".]+"\."[^".]+"\."([^".]+)"', r"\1", text)


def _step(node: exp.Expr) -> str | None:
    """Return the model's CTE that a node is in; none outside, or in a fixture."""
    found: str | None = None
    parent: exp.Expr | None = node
    while parent is not None:
        if isinstance(parent, exp.CTE):
            if parent.alias.startswith((FIXTURE, EXPECTED)):
                return None
            if not parent.alias.startswith("dbt_internal") and found is None:
                found = parent.alias
        parent = parent.parent
    return found

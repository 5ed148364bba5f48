"""Draws the entity-relationship diagram of the marts, as SVG.

Facts stand in the middle, dimensions and bridges on both sides. A table shows its key
and its foreign keys. Every table referred to has a colour and one vertical line in the
gutter beside it; whoever refers to it is tapped to that line. Tables and relationships
are those of the manifest: nothing here names a table.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import NamedTuple

from artifacts.manifest import ForeignKey, Node, Project, grain

#: Pixels.
ROW, HEADER, GAP, LANE, MARGIN, BOX = 19, 28, 22, 13, 16, 264

#: Dark enough to be distinguished on white, one after the other.
COLOURS = (
    *("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#bf3989", "#0a7ea4"),
    *("#bc4c00", "#57606a", "#5b8c00", "#a40e8c", "#6e4a1f", "#0550ae", "#82071e"),
)


class Row(NamedTuple):
    """A column that is shown: part of the key, a foreign key, or both."""

    column: str
    is_key: bool
    foreign_keys: list[ForeignKey]


class Box:
    """A table, and where it is drawn.

    Attributes:
        side: 0 left, 1 middle, 2 right.
        top: pixels from the top of the drawing.
    """

    def __init__(self, model: Node, rows: list[Row]) -> None:
        """Take a model and the rows to show."""
        self.name: str = model["name"]
        self.unique_id: str = model["unique_id"]
        self.grain = grain(model)
        self.column_count = len(model["columns"])
        self.rows = rows
        self.height = HEADER + ROW * len(rows) + 6
        self.side = 1
        self.top = 0.0

    @property
    def targets(self) -> list[str]:
        """Names of the other tables it refers to, one for each foreign key."""
        return [
            key.to_table
            for row in self.rows
            for key in row.foreign_keys
            if key.to_table != self.name
        ]

    def y_of(self, column: str) -> float:
        """Return the middle of the row of a column."""
        position = [row.column for row in self.rows].index(column)
        return self.top + HEADER + ROW * (position + 0.5) + 2


def draw_erd(project: Project) -> str:
    """Return the diagram of the tables in the schema marts."""
    boxes = _boxes(project)
    _choose_sides(boxes)
    _stack(boxes)
    return _svg(boxes)


def _boxes(project: Project) -> dict[str, Box]:
    marts = {mart["name"]: mart for mart in project.marts if mart["schema"] == "marts"}
    keys = {name: project.key(mart) for name, mart in marts.items()}
    boxes = {}
    for name, mart in sorted(marts.items()):
        pointing = defaultdict(list)
        for found in project.foreign_keys(mart):
            if keys.get(found.to_table) == [found.to_column]:
                pointing[found.column].append(found)
        shown = [column for column in mart["columns"] if column in keys[name]]
        shown += [column for column in pointing if column not in keys[name]]
        boxes[name] = Box(
            mart, [Row(each, each in keys[name], pointing[each]) for each in shown]
        )
    return boxes


def _choose_sides(boxes: dict[str, Box]) -> None:
    """Leave facts in the middle; keep what belongs together on one side."""
    outer = [box for box in boxes.values() if not box.name.startswith("fct_")]
    family = {box.name: box.name for box in outer}
    for box in outer:
        for target in box.targets:
            if target in family:
                old, new = family[box.name], family[target]
                family = {
                    name: new if root == old else root for name, root in family.items()
                }
    # References need room as tables do: in the gutter.
    referred = [target for box in boxes.values() for target in box.targets]
    sizes: dict[str, float] = defaultdict(float)
    for box in outer:
        sizes[family[box.name]] += box.height + ROW * referred.count(box.name)
    filled = {0: 0.0, 2: 0.0}
    side_of = {}
    for root in sorted(sizes, key=lambda each: (-sizes[each], each)):
        side_of[root] = min(filled, key=lambda side: (filled[side], side))
        filled[side_of[root]] += sizes[root]
    for box in outer:
        box.side = side_of[family[box.name]]


def _stack(boxes: dict[str, Box]) -> None:
    """Put what is referred to most on top, and the sides beside their facts."""
    referred = [target for box in boxes.values() for target in box.targets]
    facts = [box for box in boxes.values() if box.side == 1]
    facts.sort(key=lambda box: (-referred.count(box.name), box.name))
    bottom = float(MARGIN)
    for box in facts:
        box.top = bottom
        bottom += box.height + GAP
    for side in (0, 2):
        column = [box for box in boxes.values() if box.side == side]
        wanted = {box.name: _middle_of_neighbours(box, boxes) for box in column}
        column.sort(key=lambda box: (wanted[box.name], box.name))
        room = bottom - MARGIN - sum(box.height for box in column)
        space = max(GAP, room / max(len(column), 1))
        top = MARGIN + (space - GAP) / 2
        for box in column:
            box.top = top
            top += box.height + space


def _middle_of_neighbours(box: Box, boxes: dict[str, Box]) -> float:
    near = [each.top for each in boxes.values() if box.name in each.targets]
    near += [boxes[target].top for target in box.targets]
    return sum(near) / len(near) if near else 0.0


def _svg(boxes: dict[str, Box]) -> str:
    targets = sorted(
        {target for box in boxes.values() for target in box.targets},
        key=lambda name: (boxes[name].side, boxes[name].top),
    )
    colours = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(targets)}
    # The lines of facts referred to by others share the right gutter.
    gutter_of = {name: 0 if boxes[name].side == 0 else 1 for name in targets}
    lanes = {
        gutter: [name for name in targets if gutter_of[name] == gutter]
        for gutter in (0, 1)
    }
    width = {gutter: LANE * (len(lanes[gutter]) + 1) + 12 for gutter in (0, 1)}
    left: list[float] = [
        MARGIN,
        MARGIN + BOX + width[0],
        MARGIN + BOX + width[0] + BOX + width[1],
    ]
    lane_x = {
        name: left[gutter] + BOX + 6 + LANE * (position + 1)
        for gutter, names in lanes.items()
        for position, name in enumerate(names)
    }
    lines: list[str] = []
    for name in targets:
        lines += _line_of(boxes[name], boxes, lane_x[name], colours[name], left)
    total = left[2] + BOX + MARGIN
    height = max(box.top + box.height for box in boxes.values()) + MARGIN
    drawn = [_draw_box(box, left[box.side], colours) for box in boxes.values()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{total:.0f}" '
            f'height="{height:.0f}" viewBox="0 0 {total:.0f} {height:.0f}" '
            'font-family="Helvetica, Arial, sans-serif" font-size="12">',
            "<title>Entity-relationship diagram of the marts</title>",
            "<style>.line:hover{stroke-width:4} a:hover text{fill:#1f6feb}</style>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *lines,
            *drawn,
            "</svg>",
            "",
        ]
    )


def _line_of(
    target: Box, boxes: dict[str, Box], x: float, colour: str, left: list[float]
) -> list[str]:
    """Return the vertical line of a table, with a tap for each reference to it."""
    key = next(row.column for row in target.rows if row.is_key)
    taps = [(target.y_of(key), _edge_towards(x, left[target.side]))]
    names = []
    for box in boxes.values():
        for row in box.rows:
            if box is not target and any(
                each.to_table == target.name for each in row.foreign_keys
            ):
                taps.append((box.y_of(row.column), _edge_towards(x, left[box.side])))
                names.append(f"{box.name}.{row.column}")
    heights = [y for y, _ in taps]
    path = f"M{x:.0f} {min(heights):.1f}V{max(heights):.1f}"
    path += "".join(f"M{edge:.0f} {y:.1f}H{x:.0f}" for y, edge in taps)
    dots = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>' for y, _ in taps
    )
    said = escape(f"{target.name}.{key} ← {', '.join(names)}")
    return [
        f'<path class="line" d="{path}" stroke="{colour}" stroke-width="1.4" '
        f'fill="none"><title>{said}</title></path>{dots}'
    ]


def _edge_towards(x: float, left: float) -> float:
    return left if x < left else left + BOX


def _draw_box(box: Box, x: float, colours: dict[str, str]) -> str:
    fill = "#0d2b4e" if box.name.startswith("fct_") else "#5a6b7d"
    stroke = colours.get(box.name, fill)
    parts = [
        f'<rect x="{x}" y="{box.top:.1f}" width="{BOX}" height="{box.height}" rx="4" '
        f'fill="#ffffff" stroke="{stroke}" stroke-width="1.5"/>',
        f'<rect x="{x}" y="{box.top:.1f}" width="{BOX}" height="{HEADER - 4}" rx="4" '
        f'fill="{fill}"/>',
        _text(x + 9, box.top + 16, box.name, "#ffffff", bold=True),
    ]
    # Long names leave no room for the count.
    if len(box.name) < 23:
        count = f"{box.column_count} columns"
        parts.append(_text(x + BOX - 9, box.top + 16, count, "#d0d7de", end=True))
    for row in box.rows:
        y = box.y_of(row.column)
        target = row.foreign_keys[0].to_table if row.foreign_keys else None
        colour = colours.get(target or "", "#24292f")
        parts.append(_text(x + 9, y + 4, row.column, colour, bold=row.is_key))
        marks = ["key"] if row.is_key and len(row.column) < 30 else []
        marks += ["of itself" for key in row.foreign_keys if key.to_table == box.name]
        parts.append(_text(x + BOX - 9, y + 4, ", ".join(marks), "#57606a", end=True))
    return (
        f'<a href="tables/{box.name}.html" target="_top">'
        f"<title>{escape(box.grain)}</title>{''.join(parts)}</a>"
    )


def _text(
    x: float, y: float, text: str, fill: str, *, bold: bool = False, end: bool = False
) -> str:
    if not text:
        return ""
    weight = ' font-weight="bold"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{x}" y="{y:.1f}" fill="{fill}"{weight}{anchor}>{escape(text)}</text>'
    )

"""Takes JSON bodies apart, as Gladly sends and people save them.

``GET /agents`` returns a list, some lists come as ``{"summary": …, "value": […]}``,
and any body may be spread over many lines. What is damaged in one costs no more than
the record it is in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator

#: Stands for what is missing, among the records that are set aside.
CUT_OFF = "the list ends before its closing bracket"

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n\f\ufeff]*")
_BETWEEN = re.compile(r"[ \t\r\n\f,]*")
_LINE = re.compile(r"[^\n]*")
_LINE_LEFT = re.compile(r"[ \t\r\f]*(?:\n|$)")
_LINE_ENDS = re.compile(r"[\r\n]+")
_TEXT = r'"(?:[^"\\\n]|\\[^\n])*"'
_WRAPPER = re.compile(
    r'\{\s*(?:"summary"\s*:\s*(?:'
    + _TEXT
    + r'|null|\{[^{}]*\})\s*,\s*)?"value"\s*:\s*\['
)
_TOKEN = re.compile(_TEXT + r"|[\[\]{},]")


def is_spread(start: str, *, is_whole: bool) -> bool:
    """Say whether a body is anything but one object a line, by how it starts.

    Args:
        start: its beginning.
        is_whole: whether there is no more of it.
    """
    start = start.lstrip("\ufeff \t\r\n\f")
    if start.startswith("["):
        return True
    if not start.startswith("{"):
        return False
    if _WRAPPER.match(start):
        return True
    line, end, _ = start.partition("\n")
    if not end and not is_whole:
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return True
    return False


def records_in(text: str) -> Iterator[str]:
    """Return the records of a body, or of several one after the other, each on a line.

    Elements of lists are records, and objects outside of them, with the bytes that
    they have; only line ends between tokens become blanks. What is no JSON is returned
    too, for the reader to reject: the element, or outside of lists the line.
    """
    here = _skip(_BLANK, text, 0)
    while here < len(text):
        if text[here] == "[":
            here = yield from _elements(text, here + 1)
        elif wrapper := _WRAPPER.match(text, here):
            here = yield from _elements(text, wrapper.end())
            here = _after_wrapper(text, here)
        else:
            end = _decoded(text, here)
            if end is None or not _LINE_LEFT.match(text, end):
                end = _skip(_LINE, text, here)
            yield _on_a_line(text[here:end])
            here = end
        here = _skip(_BLANK, text, here)


def _elements(text: str, here: int) -> Generator[str, None, int]:
    """Yield the elements of a list that is open; returns where it is closed."""
    is_damaged = False
    while True:
        here = _skip(_BETWEEN, text, here)
        if here == len(text):
            if not is_damaged:
                yield CUT_OFF
            return here
        if text[here] == "]":
            return here + 1
        end = _decoded(text, here)
        is_damaged = end is None or not _may_follow(text, end)
        if end is None or is_damaged:
            end = _end_of_damage(text, here)
        yield _on_a_line(text[here:end])
        here = end


def _decoded(text: str, here: int) -> int | None:
    try:
        return _DECODER.raw_decode(text, here)[1]
    except ValueError:
        return None
    except RecursionError:
        return _balanced(text, here)


def _may_follow(text: str, end: int) -> bool:
    """Say whether an element may end here; a comma may be missing."""
    end = _skip(_BLANK, text, end)
    return end == len(text) or text[end] in ",]{"


def _end_of_damage(text: str, here: int) -> int:
    """Return where a damaged element ends.

    That is where its brackets are closed or, where they are not, before the next line
    that begins as its own does; else at the end of the text.
    """
    ends = [len(text)]
    balanced = _balanced(text, here)
    if balanced is not None and _may_follow(text, balanced):
        ends.append(balanced)
    line = text.rfind("\n", 0, here) + 1
    indent = text[line:here]
    if indent.strip():
        indent = ""
    another = re.compile(r"\n" + re.escape(indent) + r"\{").search(text, here + 1)
    if another:
        ends.append(another.start())
    return min(ends)


def _balanced(text: str, here: int) -> int | None:
    """Return where the brackets that open here are closed; a text holds none."""
    depth = 0
    for token in _TOKEN.finditer(text, here):
        sign = token[0]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            if depth == 0:
                return token.start()
            depth -= 1
            if depth == 0:
                return token.end()
        elif sign == "," and depth == 0:
            return token.start()
    return None


def _after_wrapper(text: str, here: int) -> int:
    """Return where the object around a list ends; what else it says is no record."""
    depth = 1
    for token in _TOKEN.finditer(text, here):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    return len(text)


def _skip(pattern: re.Pattern[str], text: str, here: int) -> int:
    found = pattern.match(text, here)
    return found.end() if found else here


def _on_a_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", text.strip(" \t\r\n\f"))

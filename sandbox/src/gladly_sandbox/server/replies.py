"""Bodies that endpoints share, as Gladly words them."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

#: Said where a list is not whole.
LIMITED = "Gladly-Limited-Data"


def as_json(
    body: Any, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """Return a JSON body on one line."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, headers, media_type="application/json")


def as_lines(body: str | bytes) -> Response:
    """Return JSON Lines."""
    return Response(body, media_type="application/x-ndjson")


def error(
    status: int, code: str, detail: str, attr: str | None = None, **meta: str
) -> Response:
    """Return an error as ``{"errors": [{"attr", "code", "detail", "meta"}]}``."""
    made: dict[str, Any] = {"attr": attr} if attr else {}
    made |= {"code": code, "detail": detail}
    if meta:
        made["meta"] = meta
    return as_json({"errors": [made]}, status)


def limited(records: list[Any], most: int) -> Response:
    """Return a list cut to ``most``, with the header that says so."""
    if len(records) <= most:
        return as_json(records)
    return as_json(records[:most], headers={LIMITED: "true"})

"""One request: what is tried again, what ends it, and what is never said."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import anyio
import httpx
import pytest

from gladly_extract.client import Call, Client, Reply
from gladly_extract.problems import (
    DeclinedError,
    ExtractError,
    ForbiddenError,
    RefusedError,
    UnreachableError,
)
from gladly_extract.run import client_of
from gladly_extract.settings import Settings

TOKEN = "s3cr3t-t0ken"
REPORT = Call("reports", "csv", "reports/X", asked={"metricSet": "X"})
LIST = Call("agents", "json", "entities/agents")
CSV = b"Timezone Filter,ID\nUTC,1\n"


def _settings(**more: Any) -> Settings:
    return Settings(
        host="example.gladly.com",
        user="somebody@example.com",
        api_token=TOKEN,  # type: ignore[arg-type]
        extracts_path="unused",
        **{
            "retry_wait": 0.0,
            "attempts": 4,
            "reports_per_minute": 10_000,
            "requests_per_second": 10_000,
            **more,
        },
    )


def _send(
    call: Call, *answers: httpx.Response | Exception, into: io.BytesIO | None = None
) -> tuple[Reply, Client]:
    """Send a call to a Gladly that gives these answers in turn."""
    left: Iterator[httpx.Response | Exception] = iter(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        found = next(left)
        if isinstance(found, Exception):
            raise found
        return found

    async def go() -> tuple[Reply, Client]:
        async with client_of(_settings(), transport=_transport(answer)) as client:
            return await client.send(call, into), client

    return anyio.run(go)


def _transport(answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    return httpx.MockTransport(answer)


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(429),
        httpx.Response(429, headers={"retry-after": "0"}),
        httpx.Response(500),
        httpx.Response(502, text="<html>"),
        httpx.Response(504),
        httpx.Response(408),
        httpx.Response(200, text="<html>Maintenance</html>"),
        httpx.Response(200, content=b'{"errors":[]}'),
        httpx.Response(200, content=b"Timezone Filter,ID\nUT"),
        httpx.Response(200, content=b""),
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("no"),
        httpx.RemoteProtocolError("peer closed connection"),
    ],
    ids=lambda it: repr(it)[:60],
)
def test_what_may_pass_is_tried_again(first: httpx.Response | Exception) -> None:
    into = io.BytesIO()
    reply, client = _send(REPORT, first, httpx.Response(200, content=CSV), into=into)
    assert (reply.records, into.getvalue()) == (1, CSV)
    assert client.counts.retries["reports/X"] == 1


def test_a_body_that_stays_empty_is_what_gladly_has() -> None:
    empty = [httpx.Response(200, content=b"") for _ in range(3)]
    reply, client = _send(REPORT, *empty)
    assert reply.records == 0
    assert client.counts.requests["reports/X"] == 3


def test_a_report_whose_last_row_has_no_end_is_taken_when_it_stays_so() -> None:
    body = CSV.rstrip()
    reply, _ = _send(REPORT, *[httpx.Response(200, content=body) for _ in range(3)])
    assert reply.records == 1


def test_being_refused_is_no_failed_try() -> None:
    refused = [httpx.Response(429) for _ in range(12)]
    reply, client = _send(REPORT, *refused, httpx.Response(200, content=CSV))
    assert reply.records == 1
    assert client.counts.retries["reports/X"] == 12


def test_being_refused_for_ever_is_given_up() -> None:
    with pytest.raises(ExtractError, match=r"too many requests \(429\)"):
        _send(REPORT, *[httpx.Response(429)] * 200)


def test_a_body_without_an_end_that_is_another_each_time_is_given_up() -> None:
    bodies = [CSV + b"UTC,%d" % number for number in range(50)]
    with pytest.raises(ExtractError, match="its last row has no end"):
        _send(REPORT, *[httpx.Response(200, content=body) for body in bodies])


def test_a_shorter_try_leaves_nothing_behind_a_longer_one() -> None:
    into = io.BytesIO()
    _send(
        REPORT,
        httpx.Response(200, content=b"<html>" + b"x" * 500),
        httpx.Response(200, content=CSV),
        into=into,
    )
    assert into.getvalue() == CSV


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, RefusedError), (403, ForbiddenError), (400, DeclinedError),
     (404, DeclinedError), (301, DeclinedError)],
)  # fmt: skip
def test_what_no_try_can_mend_is_not_tried_again(
    status: int, error: type[ExtractError]
) -> None:
    with pytest.raises(error, match=str(status)):
        _send(LIST, httpx.Response(status))


def test_what_is_declined_is_named_without_details() -> None:
    error = {"code": "invalid", "attr": "metricSet", "detail": "of Martha"}
    with pytest.raises(DeclinedError) as raised:
        _send(REPORT, httpx.Response(400, json={"errors": [error]}))
    assert str(raised.value) == (
        "Gladly declined POST reports with status 400 (invalid metricSet)."
    )


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    call = Call("customer-profiles/a", "json", "lookups/customers", answers=(301, 404))
    body = b'{"errors":[{"meta":{"old":"a","new":"b"}}]}'
    answer = httpx.Response(301, content=body, headers={"location": "/x/b"})
    reply, _ = _send(call, answer)
    assert (reply.status, reply.body, reply.location) == (301, body, "/x/b")


def test_a_list_that_is_not_whole_is_noticed() -> None:
    answer = httpx.Response(200, json=[], headers={"Gladly-Limited-Data": "true"})
    assert _send(LIST, answer)[0].is_limited


def test_a_reply_is_dated_by_gladly() -> None:
    date = "Sun, 02 Mar 2025 02:00:00 GMT"
    reply, _ = _send(LIST, httpx.Response(200, json=[], headers={"Date": date}))
    assert reply.at == datetime.fromisoformat("2025-03-02T02:00:00+00:00")


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (httpx.ConnectError("no"), UnreachableError, "cannot be reached"),
        (httpx.ReadTimeout("slow"), ExtractError, "did not answer"),
        (httpx.RemoteProtocolError("cut"), ExtractError, "no usable answer"),
    ],
)
def test_giving_up_is_one_sentence_without_the_token(
    fault: Exception, error: type[ExtractError], words: str
) -> None:
    with pytest.raises(error, match=words) as raised:
        _send(LIST, *[fault] * 4)
    assert TOKEN not in str(raised.value)
    assert raised.value.__cause__ is None


def test_the_token_goes_out_in_the_header_alone() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=[])

    async def go() -> None:
        async with client_of(_settings(), transport=_transport(answer)) as client:
            await client.send(LIST)

    anyio.run(go)
    (request,) = sent
    assert request.headers["authorization"].startswith("Basic ")
    assert TOKEN not in str(request.url)
    assert str(request.url) == "https://example.gladly.com/api/v1/agents"

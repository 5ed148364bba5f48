"""Settings come from the environment, and their values are never said."""

from __future__ import annotations

import pytest

from gladly_extract.problems import SettingsError
from gladly_extract.settings import Settings, read_settings

GOOD = {
    "GLADLY_HOST": "example.gladly.com",
    "GLADLY_USER": "somebody@example.com",
    "GLADLY_API_TOKEN": "s3cr3t",
    "GLADLY_EXTRACTS_PATH": "/data/gladly",
}


def _read(monkeypatch: pytest.MonkeyPatch, **changed: str | None) -> Settings:
    for name, value in {**GOOD, **changed}.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    return read_settings()


def test_a_bare_host_is_reached_by_https(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch).host == "https://example.gladly.com"


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is not set.$"):
        _read(monkeypatch, **{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GLADLY_HOST", "http://example.gladly.com"),
        ("GLADLY_HOST", "https://me:s3cr3t@example.gladly.com"),
        ("GLADLY_HOST", "https://example.gladly.com/api/v1?x=s3cr3t"),
        ("GLADLY_HOST", ""),
        ("GLADLY_USER", " "),
        ("GLADLY_API_TOKEN", " "),
        ("GLADLY_REPORTS_PER_MINUTE", "s3cr3t"),
        ("GLADLY_REPORTS_PER_MINUTE", "0"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is wrong") as raised:
        _read(monkeypatch, **{name: value})
    assert "s3cr3t" not in str(raised.value)


def test_a_server_on_this_machine_may_be_reached_without_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = _read(monkeypatch, GLADLY_HOST="http://127.0.0.1:8642")
    assert found.host == "http://127.0.0.1:8642"


def test_the_token_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _read(monkeypatch)
    assert "s3cr3t" not in f"{found!r} {found} {found.model_dump_json()}"


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _read(
        monkeypatch,
        GLADLY_ROW_CAPS="50, 500",
        GLADLY_ANSWER_LANGUAGES="en-us,de-de",
    )
    assert found.row_caps == (50, 500)
    assert found.answer_languages == ("en-us", "de-de")

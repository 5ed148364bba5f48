"""Settings, from environment variables only: a token has no place anywhere else."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gladly_extract.problems import SettingsError

_HERE = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """What ``GLADLY_…`` variables say.

    Attributes:
        host: address of the organisation, such as ``example.gladly.com``.
        user: e-mail address of the agent the token belongs to.
        api_token: the token.
        extracts_path: folder or ``s3://`` address to write to.
        reports_per_minute: reports a minute, organisation-wide.
        reports_at_once: reports at the same time, organisation-wide.
        requests_per_second: requests a second of each method, until a response
            says another limit.
        report_timeout: seconds to wait for a report to be computed.
        timeout: seconds to wait for anything else.
        attempts: tries of one request.
        retry_wait: seconds before the second try; doubled for each further one.
        first_days: days of reports that the first pull takes without ``--since``.
        fresh_minutes: what was captured within so many minutes is not asked for again.
        work_sessions_days: days after which Work Sessions change no more.
        contacts_days: days after the end of a contact for which Contact Export is
            asked for again.
        contacts_open_days: days after which a contact still open is given up.
        conversations_days: days after which a conversation is taken from the full
            pass only.
        full_pass_days: days between full passes of Conversation Export; 0 for none.
        row_caps: rows at which reports stop without a word.
        answer_languages: languages in which contents of answers are looked for.
        answers_days: days after which an answer is fetched again.
        reprobe_days: days after which an id that was alive is looked up again.
        probe_limit: look-ups a run.
    """

    model_config = SettingsConfigDict(
        env_prefix="GLADLY_", extra="ignore", hide_input_in_errors=True
    )

    host: str
    user: str
    api_token: SecretStr
    extracts_path: str
    reports_per_minute: int = Field(default=10, ge=1)
    reports_at_once: int = Field(default=2, ge=1)
    requests_per_second: int = Field(default=10, ge=1)
    report_timeout: float = Field(default=900.0, gt=0)
    timeout: float = Field(default=60.0, gt=0)
    attempts: int = Field(default=8, ge=1)
    retry_wait: float = Field(default=1.0, ge=0)
    first_days: int = Field(default=30, ge=1)
    fresh_minutes: int = Field(default=60, ge=0)
    work_sessions_days: int = Field(default=7, ge=0)
    contacts_days: int = Field(default=7, ge=0)
    contacts_open_days: int = Field(default=90, ge=0)
    conversations_days: int = Field(default=30, ge=0)
    full_pass_days: int = Field(default=30, ge=0)
    row_caps: Annotated[tuple[int, ...], NoDecode] = (100_000, 1_000_000)
    answer_languages: Annotated[tuple[str, ...], NoDecode] = ("en-us",)
    answers_days: int = Field(default=7, ge=0)
    reprobe_days: int = Field(default=30, ge=1)
    probe_limit: int = Field(default=3000, ge=0)

    @field_validator("row_caps", "answer_languages", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("user", "extracts_path")
    @classmethod
    def _said(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is empty")
        return value.strip()

    @field_validator("api_token")
    @classmethod
    def _token_said(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().strip():
            raise ValueError("is empty")
        return SecretStr(value.get_secret_value().strip())

    @field_validator("host")
    @classmethod
    def _is_address(cls, value: str) -> str:
        text = value.strip().rstrip("/")
        parts = urlsplit(text if "://" in text else f"https://{text}")
        if not parts.hostname or parts.path or parts.query or "@" in parts.netloc:
            raise ValueError("is no address such as example.gladly.com")
        if parts.scheme != "https" and parts.hostname not in _HERE:
            raise ValueError("must be reached by https: the token is sent to it")
        return f"{parts.scheme}://{parts.netloc}"


def read_settings() -> Settings:
    """Return the settings of the environment.

    Raises:
        SettingsError: names each variable that is missing or wrong, never its value.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        raise SettingsError(
            " ".join(
                f"GLADLY_{str(each['loc'][0]).upper()} "
                + (
                    "is not set."
                    if each["type"] == "missing"
                    else f"is wrong: {each['msg'].removeprefix('Value error, ')}."
                )
                for each in error.errors(include_input=False, include_url=False)
            )
        ) from None

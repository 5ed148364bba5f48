"""What can go wrong, each in a sentence, and the exit codes a scheduler acts on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command."""

    DONE = 0
    #: A mistake in this program.
    BUG = 1
    #: A setting or an option is missing or wrong: mend it.
    SETTINGS = 2
    #: Part could not be pulled: run again, what is there is not pulled twice.
    PARTIAL = 3
    #: User or token refused: nothing will work before they are mended.
    REFUSED = 4
    #: Another pull holds the folder: let it end.
    BUSY = 5
    #: Gladly cannot be reached: run again later.
    UNREACHABLE = 6
    #: All pulled that can be, but something is gone or cut for good.
    LOST = 7
    #: Stopped from the keyboard.
    STOPPED = 130


@dataclass(frozen=True)
class Problem:
    """Something to say about one extract.

    Attributes:
        extract: which, such as ``reports/ConversationExportReport``.
        sentence: what happened and what to do.
        exit: the exit code it asks for; ``DONE`` for a mere remark.
    """

    extract: str
    sentence: str
    exit: Exit = Exit.PARTIAL


class ExtractError(Exception):
    """Ends one extract, or all; the message is a sentence for people."""

    exit = Exit.PARTIAL


class SettingsError(ExtractError):
    """A setting is missing or wrong."""

    exit = Exit.SETTINGS


class RefusedError(ExtractError):
    """401: user or token."""

    exit = Exit.REFUSED


class UnreachableError(ExtractError):
    """No connection can be made."""

    exit = Exit.UNREACHABLE


class BusyError(ExtractError):
    """Another pull holds the folder."""

    exit = Exit.BUSY


class FolderError(ExtractError):
    """The folder cannot be written to: a full disk, a share that went away."""


class ForbiddenError(ExtractError):
    """403: the user has no role for this endpoint."""


class DeclinedError(ExtractError):
    """Another 4xx: the request is not understood, or the thing is gone."""


class TransientError(Exception):
    """Worth another try: 5xx, a body that is cut, a page that is none of Gladly's."""


class AgainError(Exception):
    """To be asked again without counting it as a failed try.

    Being refused for asking too often says nothing of the request, and a body that
    may be right as it is has to come several times before it is taken.

    Attributes:
        is_refusal: whether it was asked for too often.
    """

    def __init__(self, sentence: str, *, is_refusal: bool = False) -> None:
        """Say what happened."""
        super().__init__(sentence)
        self.is_refusal = is_refusal


def worst(problems: list[Problem]) -> Exit:
    """Return the exit code that the problems ask for together.

    What running again can mend goes before what it cannot.
    """
    asked = {problem.exit for problem in problems}
    for code in (
        Exit.REFUSED,
        Exit.UNREACHABLE,
        Exit.SETTINGS,
        Exit.PARTIAL,
        Exit.LOST,
    ):
        if code in asked:
            return code
    return Exit.DONE

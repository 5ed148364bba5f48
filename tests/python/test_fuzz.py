"""A short run of `make fuzz`, always the same: a hundred damaged files at once.

Every table is built of them. What is found by a long run becomes a file in
`fuzz/corpus`, and is tried here from then on.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from fuzz.mutations import MUTATIONS, NOTHING, Damaged
from fuzz.seeds import seeds
from fuzz.trial import (
    ALL_TABLES,
    Mutant,
    corpus,
    mutants,
    try_all,
    wrong_neighbours,
)

FILES = 100


def test_of_damaged_files_no_trace_no_silent_row_no_wrong_neighbour(
    tmp_path: Path,
) -> None:
    sound = seeds()
    assert len(sound) == 25, "every extract of which files are lines or rows"
    damaged = [*corpus(sound), *mutants(random.Random(20), sound, FILES)]
    assert {mutant.about for mutant in damaged} >= MUTATIONS.keys()

    found = try_all(tmp_path, sound, damaged, ALL_TABLES)
    assert not found, "\n".join(str(finding) for finding in found)

    # A verdict that never falls is none.
    agents = next(each for each in sound if each.extract == "agents")
    other = replace(agents, expected=(*agents.expected[1:], ("x", "y", "z")))
    untrue = Mutant("sound-agents", "none", other, Damaged(b"", NOTHING), "")
    assert [str(finding) for finding in wrong_neighbours(tmp_path, [untrue])] == [
        "wrong neighbour: sound-agents (none): entities/agents/"
        "20250601T000000Z__sound-agents.jsonl: 1 of 6 records are not what they were"
        " ({None}); the first: ('x', 'y', 'z')"
    ]

"""Identifiers that look like Gladly's, made from a seed and nothing else."""

from __future__ import annotations

import base64
import hashlib


def slug(*parts: object) -> str:
    """Return the 22-character URL-safe slug that belongs to ``parts``.

    The alphabet is ``A-Z a-z 0-9 - _``; a slug may begin with ``-`` or ``_``.
    """
    key = "/".join(map(str, parts)).encode()
    digest = hashlib.blake2b(key, digest_size=16).digest()
    return base64.urlsafe_b64encode(digest)[:22].decode()


def hex_id(*parts: object) -> str:
    """Return the 32-hex-digit id that belongs to ``parts`` (inboxes and teams)."""
    key = "/".join(map(str, parts)).encode()
    return hashlib.blake2b(key, digest_size=16).hexdigest()


class IdFactory:
    """Hands out ids in order: the same seed and calls give the same ids."""

    def __init__(self, seed: int) -> None:
        """Start counting at zero for ``seed``."""
        self.seed = seed
        self._count = 0

    def slug(self) -> str:
        """Return the next slug."""
        self._count += 1
        return slug(self.seed, self._count)

    def hex_id(self) -> str:
        """Return the next 32-hex-digit id."""
        self._count += 1
        return hex_id(self.seed, self._count)

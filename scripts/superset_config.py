"""How Superset runs here: its own files in ``SUPERSET_HOME``, and no one else is asked.

Superset reads this file where ``SUPERSET_CONFIG_PATH`` says that it is; the names in
capitals are those of its settings.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

HOME = Path(os.environ["SUPERSET_HOME"])


def secret(name: str) -> str:
    """Return a secret that is made once and kept in a file of its user alone."""
    HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = HOME / name
    if not path.exists():
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text("utf-8")


SECRET_KEY = secret("secret_key")
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}"
# Superset warns of a counter of requests that no other process shares; there is none.
RATELIMIT_STORAGE_URI = "memory://"
# What the pages may load: only what Superset serves itself. Its own default lets them
# report to the makers that they were opened.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}

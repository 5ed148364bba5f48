"""A Gladly that runs here: the REST endpoints of a simulated tenant, over HTTP.

Only the standard clock is missing: the tenant's own is moved by whoever runs it, and
every response is dated by it.

Modules
-------
``world``    the tenant at a moment: its clock, export jobs and retention
``tray``     the writers of extracts, let loose on one response
``faults``   what goes wrong on purpose
``limits``   requests a second, reports a minute, reports at once
``replies``  bodies and headers that endpoints share
``reports``  POST /reports and its legacy twin
``rest``     GET endpoints
``control``  /_sandbox: the clock, the faults, the truth
``app``      all of it as one ASGI application, and a thread that serves it
"""

from gladly_sandbox.server.app import Served, create_app, serving
from gladly_sandbox.server.faults import Faults
from gladly_sandbox.server.limits import Limits
from gladly_sandbox.server.world import World

__all__ = ["Faults", "Limits", "Served", "World", "create_app", "serving"]

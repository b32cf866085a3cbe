"""The web server's entry point.

Under a URL prefix (ENGAGE_URL_PREFIX) a proxy may pass the address on whole or with the prefix taken off; both work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any


Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def under_prefix(served: Application, prefix: str) -> Application:
    """Take the prefix off the path of each request before the site sees it."""
    if not prefix:
        return served

    def with_prefix(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(prefix + "/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        environ["SCRIPT_NAME"] = prefix
        return served(environ, start_response)

    return with_prefix


def _site() -> Application:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.config.settings")
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    return under_prefix(get_wsgi_application(), settings.URL_PREFIX)


application = _site()

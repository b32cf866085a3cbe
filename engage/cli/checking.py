"""Does the site answer? Start it beside this process, sign in as a demo user, fetch the first pages, stop it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

import typer

from engage.cli.serving import Place
from engage.cli.words import _
from engage.store.area import open_area


PATIENCE_SECONDS = 60
_PERSON = re.compile(r'href="([^"]*/people/P[0-9A-Z]{8}[^"]*)"')
# In a town of any size a search by one of these finds somebody, because it finds what is spelt or sounds alike too.
_USUAL_NAMES = (
    "smith",
    "jones",
    "patel",
    "taylor",
    "williams",
    "khan",
    "daniel",
    "amelia",
    "mohammed",
    "grace",
)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class _Visitor:
    """A browser as plain as can be: cookies, forms, and nothing but this site."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._open = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({})).open

    def get(self, path: str) -> str:
        """The page's text; raises HTTPError for anything but a good answer."""
        return self._read(urljoin(self.base, path))

    def post(self, path: str, values: dict[str, str]) -> str:
        """The page after sending a form."""
        headers = {"Referer": self.base}
        return self._read(Request(urljoin(self.base, path), data=urlencode(values).encode(), headers=headers))  # noqa: S310

    def _read(self, address: str | Request) -> str:
        with self._open(address, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))


def check(place: Place) -> int:
    """0 when the sign-in page, home, people and one person's page came; 1 otherwise, saying which did not."""
    environment = {name: value for name, value in os.environ.items() if name != "ENGAGE_CHECK"}
    command = [
        sys.executable,
        "-m",
        "engage",
        "serve",
        str(place.folder),
        "--port",
        str(place.port),
        "--host",
        place.host,
    ]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.config.settings")
    server = subprocess.Popen([*command, "--prefix", place.prefix], env=environment)  # noqa: S603  our own command
    try:
        _wait_until_answering(place)
        _walk(place)
    except (HTTPError, URLError, LookupError, TimeoutError) as error:
        typer.secho(_("The check failed: %(error)s", error=str(error)), fg="red", err=True)
        return 1
    finally:
        server.terminate()
        server.wait(timeout=30)
    typer.echo(_("Checked: sign-in, home, people and one person came."))
    return 0


def _wait_until_answering(place: Place) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            _Visitor(place.address).get("healthz")
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{place.address} did not answer within {PATIENCE_SECONDS} seconds.")


def _walk(place: Place) -> None:
    users = open_area(place.folder).settings.get("demo_users") or []
    if not users:
        raise LookupError("The area lists no demo_users to sign in as.")
    from django.conf import settings

    visitor = _Visitor(place.address)
    token = _found(_TOKEN, visitor.get("account/sign-in/"), "form to sign in")
    values = {
        "login": users[0]["username"],
        "password": settings.ENGAGE_DEMO_PASSWORD,
        "csrfmiddlewaretoken": token,
    }
    home = visitor.post("account/sign-in/", values)
    _found(re.compile("(account/sign-out/)"), home, "home page after signing in")
    _found(re.compile(r"(<h1)"), visitor.get("people/"), "page of people")
    look_at_somebody(visitor)


class Visits(Protocol):
    """Whoever can fetch a page."""

    def get(self, path: str) -> str:
        """The page's text."""
        ...


def look_at_somebody(visitor: Visits) -> None:
    """Open the page of the first person that a search by a usual name finds. Raises LookupError when none does."""
    pages = (visitor.get(f"people/?q={name}") for name in _USUAL_NAMES)
    one = next((page for page in pages if _PERSON.search(page)), "")
    visitor.get(_found(_PERSON, one, "link to one person, whichever usual name was looked for"))


def _found(pattern: re.Pattern[str], page: str, what: str) -> str:
    match = pattern.search(page)
    if match is None:
        raise LookupError(f"There is no {what}.")
    return match.group(1)

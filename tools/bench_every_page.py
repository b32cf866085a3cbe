"""p95 of a page of each address that the site answers, against p95 of a bare page (`/healthz`) of the same server, with many cases and actions.

    python tools/bench_every_page.py AREA [--requests 40] [--role detective]

AREA is one that `tools/bench_cases.py` has filled. A worker signs in and follows links from the first page, taking of each route (`urls.py`) the first address that is met, so that a
page which nobody listed is timed as well, and from the long case and the panel of twelve. Of each route six addresses are looked through for further links. Files that a page
offers (Word, tables, calendars) are timed and held to no aim. Routes that no link leads to, and answers that are no page of the worker's, are named at the end and not timed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, deque
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.error import HTTPError

from bench_cases import compared, measure
from bench_pages import make_worker, served, signed_in

from engage.cli.opening import open_for_command


LINK = re.compile(r'<(?:a|button|form) [^>]*?(?:href|formaction|action)="([^"]+)"')
STARTS = ("/", "/cases/1/", "/meetings/1/")
# Of a route, the addresses that are looked through for further links.
LOOKED_AT = 6
# Following these ends the session or leaves the area's pages.
LEAVES = ("account/", "static/", "healthz")
WHO = "bench_every"


def route_of(path: str) -> str | None:
    """The route in `urls.py` that answers a path, or None where none does or it is not followed."""
    from django.urls import Resolver404, resolve

    plain = path.split("?")[0].split("#")[0]
    if not plain.startswith("/") or plain.lstrip("/").startswith(LEAVES):
        return None
    try:
        return resolve(plain).route
    except Resolver404:
        return None


def met(get: Callable[[str], str]) -> tuple[dict[str, str], dict[str, str], set[str]]:
    """Of each route the address that was met first, by following links; what did not answer; and the addresses that are files."""
    found: dict[str, str] = {}
    refused: dict[str, str] = {}
    files: set[str] = set()
    looked: Counter[str] = Counter()
    waiting, seen = deque(STARTS), set(STARTS)
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if route is None or looked[route] >= LOOKED_AT:
            continue
        looked[route] += 1
        try:
            text = get(path)
        except HTTPError as error:
            refused.setdefault(route, f"{path}: {error.code}")
            continue
        if "<html" not in text[:500]:
            files.add(path)
        found.setdefault(route, path)
        links = {unescape(link).split("#")[0]: None for link in LINK.findall(text)}  # in their order
        waiting.extend(link for link in links if link not in seen)
        seen |= set(links)
    return found, {route: said for route, said in refused.items() if route not in found}, files


def never(found: dict[str, str], refused: dict[str, str]) -> list[str]:
    """The routes of the site that no link led to."""
    from django.urls import URLPattern, get_resolver

    def each(resolver: object, before: str) -> list[str]:
        routes: list[str] = []
        for one in resolver.url_patterns:  # type: ignore[attr-defined]
            route = before + str(one.pattern)
            routes += [route] if isinstance(one, URLPattern) else each(one, route)
        return routes

    return sorted(
        route
        for route in set(each(get_resolver(), "")) - set(found) - set(refused)
        if not route.startswith(LEAVES)
    )


def timed(who: str, get: Callable[[str], str], requests: int) -> float:
    """Follow, fetch in turn and print each page; the worst of them."""
    found, refused, files = met(get)
    print(f"{len(found)} routes met", flush=True)
    worst = 0.0
    for path, bare, page in measure({who: get}, {path: (who, path) for path in found.values()}, requests, lambda: None):  # fmt: skip
        if path not in files:
            worst = max(worst, page / bare)
        print(f"every page: {compared(page, bare, has_aim=path not in files)}; {path}", flush=True)
    for route, said in sorted(refused.items()):
        print(f"not the worker's: {route}: {said}")
    for route in never(found, refused):
        print(f"no link led to: {route}")
    return worst


def main() -> None:
    """Serve, sign in and time; print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("area", type=Path)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--role", default="team_manager")
    asked = parser.parse_args()
    who = f"{WHO}_{asked.role}"
    make_worker(open_for_command(asked.area), who, asked.role)
    with served(asked.area) as (server, base):
        print(json.dumps({"worst": timed(who, signed_in(server, base, who), asked.requests)}))


if __name__ == "__main__":
    main()

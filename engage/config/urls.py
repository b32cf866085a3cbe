"""Every address of the site, one family of pages a line."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path


_WEB = Path(__file__).resolve().parent.parent / "web"
FAMILIES = [
    family
    for family in (
        "home",
        "today",
        "agreed",
        "drafts",
        "caseload",
        "files",
        "access",
        "missing",
        "people",
        "indicators",
        "cases",
        "networks",
        "maps",
        "screening",
        "meetings",
        "watches",
        "judging",
        "deliveries",
        "charts",
        "wording",
        "relationships",
        "referrals",
        "returns",
        "gallery",
    )
    if (_WEB / family / "urls.py").is_file()
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"engage.web.{family}.urls")) for family in FAMILIES
]

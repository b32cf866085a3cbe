"""Every address of the site, one family of pages a line."""

from django.urls import URLPattern, URLResolver, include, path


urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
]

"""Addresses of a child's indicators, the catalogue and the worklist."""

from django.urls import path

from engage.web.indicators import listing, views


urlpatterns = [
    path("worklist/", listing.worklist, name="worklist"),
    path("indicators/", listing.catalogue, name="indicators"),
    path("indicators/use/", listing.uses, name="indicators_use"),
    path("people/<str:person_id>/indicators/", views.indicators, name="people_indicators"),
    path("people/<str:person_id>/indicators/<str:code>/", views.indicator, name="people_indicator"),
    path(
        "people/<str:person_id>/indicators/<str:code>/take-back/<int:seq>/",
        views.take_back,
        name="people_indicator_take_back",
    ),
]

"""Addresses of return home interviews."""

from django.urls import path

from engage.web.returns import views


urlpatterns = [
    path("returns/of/<str:person_id>/", views.of_child, name="returns_of_child"),
    path("returns/<path:report>/", views.one, name="returns_one"),
]

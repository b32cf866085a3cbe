"""Addresses of hotspots."""

from django.urls import path

from engage.web.maps import views


urlpatterns = [
    path("hotspots/", views.hotspots, name="concern_hotspots"),
    path("hotspots/file/", views.kept, name="concern_hotspots_file"),
    path("hotspots/opened/<str:code>/", views.opened, name="concern_hotspots_opened"),
]

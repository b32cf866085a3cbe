"""Addresses of the home page."""

from django.urls import path

from engage.web.home import views


urlpatterns = [
    path("", views.home, name="home"),
]

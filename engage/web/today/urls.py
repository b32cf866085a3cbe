"""Addresses of one's day."""

from django.urls import path

from engage.web.today import views


urlpatterns = [
    path("today/", views.today, name="today"),
]

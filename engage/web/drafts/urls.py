"""Addresses of drafts."""

from django.urls import path

from engage.web.drafts import views


urlpatterns = [
    path("drafts/save/", views.save, name="draft_save"),
    path("drafts/throw-away/", views.throw_away, name="draft_throw_away"),
]

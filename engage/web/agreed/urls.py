"""Addresses of agreed actions."""

from django.urls import path

from engage.web.agreed import acting, views


urlpatterns = [
    path("actions/", views.actions, name="actions"),
    path("actions/chase/", acting.chase, name="action_chase"),
    path("actions/new/", acting.new, name="action_new"),
    path("actions/<int:number>/", acting.action, name="action"),
]

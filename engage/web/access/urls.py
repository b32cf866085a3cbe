"""Addresses of signing in and of access. Only those pages of django-allauth that an invited worker needs."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from engage.web.access import views


urlpatterns = [
    path("account/sign-in/", allauth_views.login, name="account_login"),
    path("account/sign-out/", allauth_views.logout, name="account_logout"),
    path("account/sign-up/", allauth_views.signup, name="account_signup"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("account/confirm/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", allauth_views.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("why/", views.purpose, name="purpose"),
    path("access-log/", views.access_log, name="access_log"),
    path("access-log/everyone/", views.access_log_of_all, name="access_log_of_all"),
    path("invitations/", views.invite, name="invite"),
    path("invitations/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("healthz", views.pulse, name="pulse"),
]

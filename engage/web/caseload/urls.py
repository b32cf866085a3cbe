"""Addresses of caseload, audits, time limits and the digest."""

from django.urls import path

from engage.web.caseload import views


urlpatterns = [
    path("caseload/", views.caseload, name="caseload"),
    path("caseload/audits/", views.audits, name="audits"),
    path("caseload/audits/<int:number>/", views.audit, name="audits_one"),
    path("caseload/limits/", views.limits, name="limits"),
    path("today/digest/", views.digest, name="today_digest"),
]

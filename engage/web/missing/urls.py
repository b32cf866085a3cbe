"""Addresses of the pages on missing children."""

from django.urls import path

from engage.web.missing import checking, views


urlpatterns = [
    path("missing/", views.missing, name="missing"),
    path("missing/print/", views.sheet, name="missing_print"),
    path("missing/together/", views.together, name="missing_together"),
    path("missing/check/<path:report>/", checking.check, name="missing_check"),
    path("missing/strike/<int:number>/<path:report>/", checking.strike, name="missing_strike"),
]

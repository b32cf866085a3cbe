"""Addresses of screenings. None holds a name, a number or a plate."""

from django.urls import path

from engage.web.screening import deciding, views


urlpatterns = [
    path("screenings/", views.screenings, name="screenings"),
    path("screenings/new/", deciding.ask, name="screenings_new"),
    path("screenings/all/", views.everybodys, name="screenings_of_all"),
    path("screenings/<int:number>/", views.screening, name="screenings_one"),
    path("screenings/<int:number>/leave/", deciding.leave, name="screenings_leave"),
    path("screenings/<int:number>/run/", deciding.run, name="screenings_run"),
    path("screenings/<int:number>/withdraw/", deciding.withdraw, name="screenings_withdraw"),
]

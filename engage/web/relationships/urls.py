"""Addresses of declared relationships."""

from django.urls import path

from engage.web.relationships import views


urlpatterns = [
    path("relationships/", views.mine, name="relationships"),
    path("relationships/declare/", views.declare, name="relationships_declare"),
    path("relationships/agency/", views.of_agency, name="relationships_of_agency"),
    path("relationships/all/", views.of_all, name="relationships_of_all"),
    path("relationships/<int:number>/end/", views.end, name="relationships_end"),
]

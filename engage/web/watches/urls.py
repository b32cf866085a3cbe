"""Addresses of watches."""

from django.urls import path

from engage.web.watches import views


urlpatterns = [
    path("watches/", views.watches, name="watches"),
    path("watches/new/", views.begin, name="watches_new"),
    path("watches/all/", views.everybodys, name="watches_of_all"),
    path("watches/<int:number>/renew/", views.renew, name="watches_renew"),
    path("watches/<int:number>/seen/", views.seen, name="watches_seen"),
    path("watches/<int:number>/end/", views.end, name="watches_end"),
]

"""Addresses of files."""

from django.urls import path

from engage.web.files import views


urlpatterns = [
    path("cases/<int:number>/files/", views.files, name="case_files"),
    path("people/<str:person_id>/documents/", views.standing, name="people_documents"),
    path("files/<int:number>/", views.take, name="file"),
    path("files/<int:number>/take-back/", views.take_back, name="file_take_back"),
]

"""Address of the gallery."""

from django.urls import path

from engage.web.gallery import views


urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
]

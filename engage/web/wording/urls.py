"""The address of the page of wordings."""

from django.urls import path

from engage.web.wording import views


urlpatterns = [path("oversight/wording/", views.wording, name="wording")]

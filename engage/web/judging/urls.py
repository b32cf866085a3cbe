"""Addresses of judging pairs of records."""

from django.urls import path

from engage.web.judging import views


urlpatterns = [
    path("judging/", views.queue, name="judging"),
    path("judging/question/", views.question, name="judging_question"),
    path("judging/said/", views.said_so_far, name="judging_said"),
    path("judging/said/<int:seq>/", views.take_back, name="judging_take_back"),
]

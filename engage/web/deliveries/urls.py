"""Addresses of deliveries and data quality."""

from django.urls import path

from engage.web.deliveries import views


urlpatterns = [
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<str:delivery_id>/", views.delivery, name="delivery"),
    path("data-quality/", views.data_quality, name="data_quality"),
    path("data-quality/joins/", views.data_quality_joins, name="data_quality_joins"),
]

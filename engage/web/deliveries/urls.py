"""Addresses of deliveries and data quality."""

from django.urls import path

from engage.web.deliveries import linkage, views


urlpatterns = [
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<str:delivery_id>/", views.delivery, name="delivery"),
    path("data-quality/", views.data_quality, name="data_quality"),
    path("data-quality/joins/", views.data_quality_joins, name="data_quality_joins"),
    path("data-quality/models/", linkage.models, name="data_quality_models"),
    path("data-quality/models/<int:version>/", linkage.model, name="data_quality_model"),
]

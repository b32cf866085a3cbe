"""Addresses of charts."""

from django.urls import path

from engage.web.charts import keeping, views


urlpatterns = [
    path("charts/", views.chart, name="charts"),
    path("charts/print/", views.print_chart, name="charts_print"),
    path("charts/take/<str:form>/", views.take, name="charts_take"),
    path("charts/save/", keeping.save, name="charts_save"),
    path("charts/saved/", keeping.saved, name="charts_saved"),
    path("charts/saved/<int:number>/", keeping.opened, name="charts_opened"),
]

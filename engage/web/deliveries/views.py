"""Pages of deliveries and data quality."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What came in, newest first."""
    return render(request, "deliveries/deliveries.html", {})


@require_safe
def delivery(request: HttpRequest, delivery_id: str) -> HttpResponse:
    """One delivery: its files, its rows, and what could not be used."""
    return render(request, "deliveries/delivery.html", {"heading": delivery_id})


@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    """Completeness, rejects, duplicates and lateness, by agency."""
    return render(request, "deliveries/quality.html", {})

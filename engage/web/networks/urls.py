"""Addresses of who and what is of concern, and of groups."""

from django.urls import path

from engage.web.networks import deciding, grouping, views


urlpatterns = [
    path("concern/", views.listed, {"family": "people"}, name="concern"),
    path("concern/places/", views.listed, {"family": "places"}, name="concern_places"),
    path("concern/vehicles/", views.listed, {"family": "vehicles"}, name="concern_vehicles"),
    path("concern/phones/", views.listed, {"family": "phones"}, name="concern_phones"),
    path("concern/of/<str:person_id>/", views.of_person, name="concern_of"),
    path("concern/<str:family>/<str:code>/", views.one, name="concern_one"),
    path("concern/<str:family>/<str:code>/decide/", deciding.decide, name="concern_decide"),
    path("concern/people/<str:code>/review/", deciding.review, name="concern_review"),
    path("groups/", grouping.groups, name="concern_groups"),
    path("groups/<int:number>/", grouping.group, name="concern_group"),
]

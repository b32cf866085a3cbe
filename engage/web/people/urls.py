"""Addresses of finding people and of one person's pages."""

from django.urls import path

from engage.web.people import known, readings, reasons, recording, taking, views


urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/reason/", reasons.look_up, name="people_look_up"),
    path("people/known/", known.known, name="people_known"),
    path("people/known.json", known.known_by_program, name="people_known_by_program"),
    path("people/join/", views.join, name="people_join"),
    path("people/<str:person_id>/", views.overview, name="people_person"),
    path("people/<str:person_id>/chronology/", views.chronology, name="people_chronology"),
    path("people/<str:person_id>/chronology/print/", views.print_chronology, name="people_print"),
    path("people/<str:person_id>/chronology.csv", views.csv_chronology, name="people_csv"),
    path("people/<str:person_id>/chronology.docx", taking.word_chronology, name="people_word"),
    path("people/<str:person_id>/identity/", views.identity, name="people_identity"),
    path("people/<str:person_id>/identity/why/", views.why_one_person, name="people_why"),
    path("people/<str:person_id>/identity/history/", views.history, name="people_history"),
    path("people/<str:person_id>/connections/", views.connections, name="people_connections"),
    path("people/<str:person_id>/reason/", reasons.reason, name="people_reason"),
    path("people/<str:person_id>/reading/", readings.judge, name="people_reading"),
    path("people/<str:person_id>/record/", recording.record, name="people_record"),
    path("people/<str:person_id>/record/<int:entry>/withdraw/", recording.withdraw, name="people_withdraw"),
]

from __future__ import annotations

from django.urls import path

from spean.people.web import comparing, views

app_name = "people"
urlpatterns = [
    path("people/", views.search, name="search"),
    path("people/<uuid:person_id>/", views.detail, name="detail"),
    path("people/<uuid:person_id>/open/", views.open_names, name="open_names"),
    path("people/<uuid:person_id>/correct/", views.correct, name="correct"),
    path("people/<uuid:person_id>/name/", views.add_name, name="add_name"),
    path("people/<uuid:person_id>/contact/", views.note_contact, name="note_contact"),
    path("people/<uuid:person_id>/consent/", views.consent, name="consent"),
    path(
        "people/<uuid:person_id>/consent/<uuid:consent_id>/second/",
        views.second_consent,
        name="second_consent",
    ),
    path(
        "people/<uuid:person_id>/consent/<uuid:consent_id>/withdraw/",
        views.withdraw_consent,
        name="withdraw_consent",
    ),
    path("people/<uuid:one_id>/and/<uuid:other_id>/", comparing.compare, name="compare"),
    path("people/<uuid:one_id>/and/<uuid:other_id>/open/", comparing.open_both, name="open_both"),
    path("people/<uuid:one_id>/and/<uuid:other_id>/decide/", comparing.decide, name="decide"),
    path("people/<uuid:one_id>/and/<uuid:other_id>/undo/", comparing.undo, name="undo"),
]

from __future__ import annotations

from django.urls import path

from spean.returns.web import steps, views

app_name = "returns"
_ONE = "returns/<uuid:return_id>/"
urlpatterns = [
    path("returns/", views.listing, name="list"),
    path("returns/of/<uuid:case_id>/", views.panel, name="panel"),
    path("returns/of/<uuid:case_id>/plan/", steps.plan, name="plan"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}slip/", views.slip, name="slip"),
    path(f"{_ONE}locate/", steps.locate, name="locate"),
    path(f"{_ONE}rescue/", steps.rescue, name="rescue"),
    path(f"{_ONE}wait/", steps.wait, name="wait"),
    path(f"{_ONE}papers/", steps.give_papers, name="give_papers"),
    path(f"{_ONE}depart/", steps.depart, name="depart"),
    path(f"{_ONE}arrive/", steps.arrive, name="arrive"),
    path(f"{_ONE}hand-over/", steps.hand_over, name="hand_over"),
    path(f"{_ONE}fall-out/", steps.fall_out, name="fall_out"),
    path(f"{_ONE}take-up/", steps.take_up, name="take_up"),
    path(f"{_ONE}stay/", steps.stay, name="stay"),
]

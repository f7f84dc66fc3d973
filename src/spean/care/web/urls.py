from __future__ import annotations

from django.urls import path

from spean.care.web import verbs, views

app_name = "care"
_ONE = "care/<uuid:care_id>/"
urlpatterns = [
    path("care/", views.listing, name="list"),
    path("care/of/<uuid:case_id>/", views.panel, name="panel"),
    path("care/follow-up/<uuid:follow_up_id>/", verbs.follow_up, name="follow_up"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}receive/", verbs.receive, name="receive"),
    path(f"{_ONE}place/", verbs.place, name="place"),
    path(f"{_ONE}lose/", verbs.lose, name="lose"),
    path(f"{_ONE}find/", verbs.find, name="find"),
    path(f"{_ONE}close/", verbs.close, name="close"),
    path(f"{_ONE}reopen/", verbs.reopen, name="reopen"),
]

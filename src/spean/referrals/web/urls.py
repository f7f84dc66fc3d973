from __future__ import annotations

from django.urls import path

from spean.referrals.web import hosts, views

app_name = "referrals"
_ONE = "referrals/<uuid:referral_id>/"
_CASE = "referrals/of/<uuid:case_id>/"
urlpatterns = [
    path("referrals/", views.queue, name="queue"),
    path(_CASE, views.panel, name="panel"),
    path(f"{_CASE}send/", views.send, name="send"),
    path(f"{_CASE}ask-host/", hosts.ask_host, name="ask_host"),
    path("referrals/host/<uuid:request_id>/", hosts.host_answer, name="host_answer"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}accept/", views.accept, name="accept"),
    path(f"{_ONE}decline/", views.decline, name="decline"),
    path(f"{_ONE}answer/", views.answer, name="answer"),
    path(f"{_ONE}withdraw/", views.withdraw, name="withdraw"),
]

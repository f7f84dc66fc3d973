from __future__ import annotations

from django.urls import path

from spean.intake.web import conversation, outcomes, record, views

app_name = "requests"
_ONE = "pleas/<uuid:request_id>/"
urlpatterns = [
    path("pleas/", views.queue, name="queue"),
    path("pleas/record/", record.record, name="record"),
    path("pleas/likely/", record.likely, name="likely"),
    path("pleas/of/<uuid:case_id>/", views.panel, name="panel"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}compare/", views.compare, name="compare"),
    path(f"{_ONE}take/", views.take, name="take"),
    path(f"{_ONE}triage/", views.triage, name="triage"),
    path(f"{_ONE}send/", views.send, name="send"),
    path(f"{_ONE}person/", views.add_person, name="add_person"),
    path(f"{_ONE}ask/", conversation.ask, name="ask"),
    path(f"{_ONE}reply/", conversation.reply, name="reply"),
    path(f"{_ONE}note/", conversation.note, name="note"),
    path(f"{_ONE}read/", conversation.read, name="read"),
    path(f"{_ONE}contact/", conversation.contact, name="contact"),
    path(f"{_ONE}link/", outcomes.link, name="link"),
    path(f"{_ONE}open-case/", outcomes.open_case, name="open_case"),
    path(f"{_ONE}elsewhere/", outcomes.refer_elsewhere, name="refer_elsewhere"),
    path(f"{_ONE}close/", outcomes.close, name="close"),
    path(f"{_ONE}reopen/", outcomes.reopen, name="reopen"),
]

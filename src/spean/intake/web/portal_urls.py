from __future__ import annotations

from django.urls import path

from spean.intake.web.portal import views

app_name = "intake"
urlpatterns = [
    path("", views.start, name="start"),
    # Paths stand in the browser's list of visited pages: they say nothing.
    path("first/", views.danger, name="danger"),
    path("write/", views.write, name="write"),
    path("back/", views.back, name="back"),
    path("back/messages/", views.messages, name="messages"),
    path("back/answers/", views.answer, name="answer"),
    path("back/withdraw/", views.withdraw, name="withdraw"),
    path("back/number/", views.number, name="number"),
    path("back/delete/", views.delete, name="delete"),
    path("out/", views.out, name="out"),
]

from __future__ import annotations

from django.urls import path

from spean.journal.web import views

app_name = "journal"
urlpatterns = [
    path("journal/", views.journal, name="list"),
    path("journal/verify/", views.verify, name="verify"),
]

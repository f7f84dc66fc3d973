from __future__ import annotations

from django.urls import path

from spean.shell.web import pages

app_name = "shell"
urlpatterns = [
    path("language/", pages.language, name="language"),
    path("health", pages.health, name="health"),
]

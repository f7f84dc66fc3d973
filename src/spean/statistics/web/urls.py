from __future__ import annotations

from django.urls import path

from spean.statistics.web import views

app_name = "statistics"
urlpatterns = [
    path("statements/", views.statements, name="statements"),
    path("statements/file/", views.statement_file, name="file"),
]

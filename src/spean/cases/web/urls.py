from __future__ import annotations

from django.urls import path

from spean.cases.web import plan, views

app_name = "cases"
_CASE = "cases/<uuid:case_id>/"
urlpatterns = [
    path("", views.work, name="work"),
    path("cases/", views.cases, name="list"),
    path(_CASE, views.detail, name="detail"),
    path(f"{_CASE}describe/", views.describe, name="describe"),
    path(f"{_CASE}start/", views.start, name="start"),
    path(f"{_CASE}close/", views.close, name="close"),
    path(f"{_CASE}reopen/", views.reopen, name="reopen"),
    path(f"{_CASE}person/", plan.add_person, name="add_person"),
    path(f"{_CASE}let-in/", plan.grant, name="grant"),
    path(f"{_CASE}keep-out/", plan.exclude, name="exclude"),
    path(f"{_CASE}note/", plan.add_note, name="add_note"),
    path(f"{_CASE}stage/", plan.add_stage, name="add_stage"),
    path(f"{_CASE}stage/<uuid:stage_id>/", plan.change_stage, name="change_stage"),
    path(f"{_CASE}task/", plan.add_task, name="add_task"),
    path(f"{_CASE}task/<uuid:task_id>/finish/", plan.finish_task, name="finish_task"),
    path(f"{_CASE}task/<uuid:task_id>/drop/", plan.drop_task, name="drop_task"),
]

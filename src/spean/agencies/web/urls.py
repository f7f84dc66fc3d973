from __future__ import annotations

from django.urls import path

from spean.agencies.web import views

app_name = "agencies"
urlpatterns = [
    path("agencies/", views.agencies, name="list"),
    path("agencies/invite/", views.invite, name="invite"),
    path("agencies/users/<int:user_id>/reset/", views.reset, name="reset"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
]

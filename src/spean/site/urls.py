"""Every door of the house. A room's urls say what they are; the matrix test walks them all."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("spean.shell.web.urls")),
    path("", include("spean.intake.web.portal_urls")),
    path("desk/", include("spean.agencies.web.sign_in_urls")),
    path("desk/", include("spean.agencies.web.urls")),
    path("desk/", include("spean.journal.web.urls")),
    path("desk/", include("spean.people.web.urls")),
    path("desk/", include("spean.cases.web.urls")),
    path("desk/", include("spean.intake.web.urls")),
    path("desk/", include("spean.referrals.web.urls")),
    path("desk/", include("spean.returns.web.urls")),
    path("desk/", include("spean.care.web.urls")),
    path("desk/", include("spean.statistics.web.urls")),
]
handler404 = "spean.shell.web.pages.not_found"
handler500 = "spean.shell.web.pages.broken"
handler400 = "spean.shell.web.pages.bad_request"

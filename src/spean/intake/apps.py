from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "spean.intake"

    def ready(self) -> None:
        from spean.intake import subscribers  # noqa: F401 - registers what it subscribes to
        from spean.intake.hangings import hang

        hang()

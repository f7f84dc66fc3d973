"""Make the database ready: on SQLite, or on an empty one, migrate; elsewhere say what to do."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from spean.kernel.errors import DomainError
from spean.kernel.text import Sentence
from spean.shell.queries import is_demo


def prepare() -> None:
    """Bring the tables up to date, or refuse with the command that does."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        Path(str(name)).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if connection.vendor == "sqlite" or not executor.loader.applied_migrations:
        call_command("migrate", interactive=False, verbosity=0)
        return
    raise DomainError(
        Sentence("The database is older than this program. Run “spean upgrade” first.")
    )


def empty() -> None:
    """Take every table and key of a demo database away and make empty ones."""
    if not is_demo():
        raise DomainError(Sentence("Only a demo database is emptied."))
    from spean.vault.store import forget

    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            name.with_name(name.name + suffix).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    forget()
    prepare()

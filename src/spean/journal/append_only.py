"""The database's own guard of the journal: no entry is ever changed or deleted.

A migration that remakes the table on SQLite drops its triggers: let it call ``install`` again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "journal_entry"
GUARDS = {"journal_entry_stays": "UPDATE", "journal_entry_lasts": "DELETE"}
# What empties or overwrites without an UPDATE or a DELETE that a row's trigger would see.
WHOLE = "journal_entry_whole"
_SENTENCE = "the journal is append-only"


def statements(vendor: str) -> list[str]:
    """Return what puts the guards in place on SQLite or PostgreSQL."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            for name, verb in GUARDS.items()
        ] + [
            f"CREATE TRIGGER {WHOLE} BEFORE INSERT ON {TABLE} "  # noqa: S608 - our own names
            f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE seq = NEW.seq) "
            f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
        ]
    made = [
        "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_SENTENCE}'; END $$"
    ]
    made += [
        f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        for name, verb in GUARDS.items()
    ]
    made.append(
        f"CREATE TRIGGER {WHOLE} BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    )
    return made


def removal(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in (*GUARDS, WHOLE)]
    return ["DROP FUNCTION IF EXISTS journal_refuse() CASCADE"]


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (*removal(editor.connection.vendor), *statements(editor.connection.vendor)):
        editor.execute(statement)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in removal(editor.connection.vendor):
        editor.execute(statement)

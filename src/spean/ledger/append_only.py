"""The database's own guard: entries are never changed, and deleted only from a broken-off load.

A migration that remakes a table on SQLite drops its triggers: let it call ``install`` again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SHOWN = "(SELECT shown FROM ledger_load WHERE id = OLD.load_id) IS NOT NULL"
_LASTS = f"OLD.load_id IS NULL OR {_SHOWN}"

# By name: which table, which verb, when it is refused.
GUARDS: dict[str, tuple[str, str, str]] = {
    "ledger_entry_stays": ("ledger_entry", "UPDATE", "1 = 1"),
    "ledger_entry_lasts": ("ledger_entry", "DELETE", _LASTS),
    "ledger_load_stays": ("ledger_load", "UPDATE", "OLD.shown IS NOT NULL"),
    "ledger_load_lasts": ("ledger_load", "DELETE", "OLD.shown IS NOT NULL"),
}
# What empties or overwrites without an UPDATE or a DELETE that a row's trigger would see.
WHOLE = {"ledger_entry_whole": "ledger_entry", "ledger_load_whole": "ledger_load"}
_SENTENCE = "the ledger is append-only"


def statements(vendor: str) -> list[str]:
    """Return what puts the guards in place on SQLite or PostgreSQL."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            for name, (table, verb, when) in GUARDS.items()
        ] + [
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "  # noqa: S608 - our own names
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            for name, table in WHOLE.items()
        ]
    made = []
    for name, (table, verb, when) in GUARDS.items():
        last = "NEW" if verb == "UPDATE" else "OLD"
        made += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{_SENTENCE}'; END IF; RETURN {last}; END $$",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    for name, table in WHOLE.items():
        made += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{_SENTENCE}'; END $$",
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ]
    return made


def removal(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in (*GUARDS, *WHOLE)]
    return [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in (*GUARDS, *WHOLE)]


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (*removal(editor.connection.vendor), *statements(editor.connection.vendor)):
        editor.execute(statement)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in removal(editor.connection.vendor):
        editor.execute(statement)

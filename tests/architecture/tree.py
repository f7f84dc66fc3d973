"""The source tree, as the architecture tests walk it."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "spean"
ROOMS = sorted(p.name for p in SRC.iterdir() if (p / "__init__.py").exists())


def python_files() -> Iterator[Path]:
    return (p for p in SRC.rglob("*.py") if "migrations" not in p.parts)


def is_action(path: Path) -> bool:
    return path.name == "actions.py" or "actions" in path.relative_to(SRC).parts[:-1]


def module_of(path: Path) -> str:
    parts = path.relative_to(SRC.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            yield node


def lifecycles() -> Iterator[tuple[str, object]]:
    """Yield every lifecycle table with its dotted name."""
    from spean.kernel.lifecycle import Lifecycle

    for path in sorted(SRC.rglob("states.py")):
        module = importlib.import_module(module_of(path))
        for name, value in sorted(vars(module).items()):
            if isinstance(value, Lifecycle):
                yield f"{module.__name__}.{name}", value

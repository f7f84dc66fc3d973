"""Run a command of ``spean`` inside the test: its answer, its refusal, its exit code."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

from spean.site.cli import root
from spean.site.cli.door import run


@dataclass
class Answer:
    code: int
    out: str
    err: str


def spean(*words: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    argv = ["spean", *(str(word) for word in words)]
    with (
        mock.patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run(root)
    return Answer(code, out.getvalue(), err.getvalue())

"""Where the lines of a load come from: a CSV file, or a generator that can start again."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from spean.kernel.errors import Invalid
from spean.kernel.text import Sentence
from spean.ledger.states import COLUMNS

Line = tuple[int, Sequence[str]]
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Lines(Protocol):
    """A header, and the numbered lines below it, as often as asked for."""

    @property
    def header(self) -> Sequence[str]: ...

    def rows(self) -> Iterator[Line]: ...


class CsvLines:
    """Read a CSV file in UTF-8 (with or without its mark), line by line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.header = self._read_header()

    def digest(self) -> str:
        with self._path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()

    def _read_header(self) -> Sequence[str]:
        if not self._path.is_file():
            raise Invalid(
                Sentence(
                    "{name} is not a file that can be read twice. Save it as a file first.",
                    name=self._path.name,
                )
            )
        with self._path.open("rb") as source:
            begins = source.read(64)
        if begins[:2] in _UTF16 or b"\0" in begins:
            raise _not_utf8()
        for _, row in self._filled():
            return row
        raise Invalid(Sentence("The file is empty. It needs a header line and entries below it."))

    def rows(self) -> Iterator[Line]:
        lines = self._filled()
        next(lines)
        return lines

    def _filled(self) -> Iterator[Line]:
        """Give the lines that hold something: spreadsheets leave rows of bare commas behind."""
        return ((number, row) for number, row in self._raw() if any(map(str.strip, row)))

    def _raw(self) -> Iterator[Line]:
        with self._path.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.reader(source, strict=True)
            begun = 1  # a value in quotation marks may run over lines: the first one is told
            try:
                for row in reader:
                    yield begun, row
                    begun = reader.line_num + 1
            except UnicodeDecodeError:
                raise _not_utf8() from None
            except csv.Error as broken:
                raise Invalid(
                    Sentence(
                        "Line {line}: the CSV is broken there ({why}). Check the quotation marks.",
                        line=begun,
                        why=str(broken),
                    )
                ) from None


def _not_utf8() -> Invalid:
    return Invalid(Sentence("The file is not in UTF-8. Save it again as “CSV UTF-8”."))


class MadeLines:
    """Lines made by a function, in the order of the ledger's columns."""

    header: Sequence[str] = COLUMNS

    def __init__(self, make: Callable[[], Iterator[Sequence[str]]]) -> None:
        self._make = make

    def rows(self) -> Iterator[Line]:
        return enumerate(self._make(), start=1)

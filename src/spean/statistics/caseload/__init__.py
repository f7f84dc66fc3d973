"""A made caseload whose true counts are tables already in print.

The demo walks some of a table's units through real actions and asks for the rest:

    table = tables.published()[5]
    units = laying.units(table, seed=1)
    walked = laying.walkable(units, 30)          # whole cases, so that cases count right
    rest = laying.rows(units, exclude={unit.index for unit in walked})
"""

from __future__ import annotations

from spean.statistics.caseload.laying import Unit, rows, units, walkable
from spean.statistics.caseload.tables import Figure, Table, published, read

__all__ = ["Figure", "Table", "Unit", "published", "read", "rows", "units", "walkable"]

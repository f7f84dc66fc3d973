"""Who acts in the demo, and how fictional persons are made up."""

from __future__ import annotations

import random
from dataclasses import dataclass

from spean.agencies.models import User
from spean.agencies.queries import actor_for
from spean.intake.claims import Claim
from spean.kernel.actor import Actor
from spean.people.states import NameKind, Sex
from spean.site.demo.words import FAMILY, MEN, WOMEN


@dataclass
class Cast:
    """The accounts as actors, and the dice."""

    users: dict[str, User]
    rng: random.Random

    def __getitem__(self, name: str) -> Actor:
        return actor_for(self.users[name])

    def claim(
        self,
        *,
        sex: str = "female",
        script: str = "km",
        born: int | None = None,
        province: str = "",
    ) -> Claim:
        """Make up a person: a common name, a year of birth, a province."""
        family = self.rng.choice(FAMILY)
        given = self.rng.choice(MEN if sex == Sex.MALE else WOMEN)
        column = 0 if script == "km" else 1
        written = f"{family[column]} {given[column]}"
        year = born or self.rng.randint(1983, 2006)
        return Claim(
            names=((written, NameKind.FULL),),
            sex=sex,
            born=str(year),
            nationality="KHM",
            home_province=province or f"{self.rng.randint(1, 25):02}",
        )

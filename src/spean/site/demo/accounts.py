"""The demo's accounts: one for every role, all fictional, all with both factors.

Their secrets are made from their names on purpose: a demo holds nothing worth guarding, and
``spean demo`` refuses to touch a database that holds anything else.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from spean.agencies.models import User
from spean.agencies.queries import agency
from spean.kernel.actor import Actor, Role
from spean.site.demo.actions import enrol


@dataclass(frozen=True)
class Account:
    name: str
    label: str
    agency: str
    roles: tuple[Role, ...]
    language: str = "en"

    @property
    def password(self) -> str:
        return f"demo bridge of {self.name}"

    @property
    def totp_secret(self) -> str:
        digest = hashlib.sha256(f"spean demo {self.name}".encode()).digest()
        return base64.b32encode(digest[:20]).decode()


_R = Role
ACCOUNTS = (
    Account("dara", "Dara", "HOTLINE", (_R.INTAKE_OFFICER,)),
    Account("sophal", "Sophal", "HOTLINE", (_R.INTAKE_OFFICER, _R.SUPERVISOR)),
    Account("rith", "Rith", "POL-02", (_R.CASE_OFFICER,), "km"),
    Account("vanna", "Vanna", "AHTJP", (_R.CASE_OFFICER,)),
    Account("sokha", "Sokha", "AHTJP", (_R.SUPERVISOR,)),
    Account("chenda", "Chenda", "MFAIC", (_R.CONSULAR_OFFICER,)),
    Account("lim", "Lim", "EMB-CHN", (_R.CONSULAR_OFFICER,)),
    Account("phalla", "Phalla", "EMB-THA", (_R.CONSULAR_OFFICER,)),
    Account("maly", "Maly", "NGO-A", (_R.CASE_OFFICER,)),
    Account("bopha", "Bopha", "GDI-PNH", (_R.BORDER_OFFICER,)),
    Account("kunthea", "Kunthea", "DVP", (_R.SOCIAL_WORKER, _R.SUPERVISOR)),
    Account("thida", "Thida", "DOSVY-20", (_R.SOCIAL_WORKER,), "km"),
    Account("nary", "Nary", "NCCT", (_R.COORDINATOR,)),
    Account("pisey", "Pisey", "NCCT", (_R.STATISTICIAN,)),
    Account("oun", "Oun", "DPO", (_R.AUDITOR,)),
    Account("samnang", "Samnang", "NCCT", (_R.ADMINISTRATOR,)),
)


def make(actor: Actor) -> dict[str, User]:
    """Enrol every account with its password and its second factor; return them by name."""
    return {
        held.name: enrol(
            actor=actor,
            username=held.name,
            label=held.label,
            agency=agency(held.agency),
            roles=[r.value for r in held.roles],
            language=held.language,
            password=held.password,
            totp_secret=held.totp_secret,
        )
        for held in ACCOUNTS
    }


def listed() -> list[dict[str, str]]:
    """Return what ``spean demo --accounts`` prints."""
    return [
        {
            "role": ", ".join(r.value for r in held.roles),
            "agency": held.agency,
            "name": held.name,
            "password": held.password,
            "totp_secret": held.totp_secret,
        }
        for held in ACCOUNTS
    ]

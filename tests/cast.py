"""Agencies and people everyone knows by heart. All of them are fictional.

Dara answers the hotline and Sophal leads him. Rith is at the provincial police, Vanna at the
anti-trafficking department, Chenda at the foreign ministry, Lim at its embassy in Beijing,
Maly at an NGO, Bopha at the airport, Kunthea and Thida receive people for social affairs, Nary
coordinates for the committee, Pisey counts, Oun audits, Samnang administers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from spean.agencies.models import Agency, User
from spean.agencies.queries import actor_for
from spean.kernel import clock
from spean.kernel.actor import Actor

# What each stands for: name, Khmer name, kind, parent, country, province, covers.
AGENCIES: dict[str, tuple[str, str, str, str | None, str, str, str]] = {
    "NCCT": ("National committee", "គណៈកម្មាធិការជាតិ", "committee", None, "KHM", "", ""),
    "HOTLINE": ("Hotline", "បណ្តាញទូរស័ព្ទបន្ទាន់", "hotline", "NCCT", "KHM", "12", ""),
    "AHTJP": ("Anti-trafficking department", "នាយកដ្ឋានប្រឆាំងការជួញដូរ", "police", "NCCT", "KHM", "12", ""),
    "POL-02": ("Battambang police", "ស្នងការខេត្តបាត់ដំបង", "police", "AHTJP", "KHM", "02", ""),
    "POL-17": ("Siem Reap police", "ស្នងការខេត្តសៀមរាប", "police", "AHTJP", "KHM", "17", ""),
    "MFAIC": ("Foreign ministry", "ក្រសួងការបរទេស", "foreign_ministry", "NCCT", "KHM", "12", ""),
    "EMB-CHN": ("Embassy in Beijing", "ស្ថានទូតនៅប៉េកាំង", "embassy", "MFAIC", "CHN", "", "CHN"),
    "GDI": ("Immigration", "អគ្គនាយកដ្ឋានអន្តោប្រវេសន៍", "immigration", "NCCT", "KHM", "12", ""),
    "GDI-PNH": ("Airport post", "ប៉ុស្តិ៍អាកាសយានដ្ឋាន", "checkpoint", "GDI", "KHM", "12", ""),
    "MOSVY": ("Social affairs", "ក្រសួងសង្គមកិច្ច", "social_affairs", "NCCT", "KHM", "12", ""),
    "DOSVY-02": ("Battambang social affairs", "មន្ទីរសង្គមកិច្ចបាត់ដំបង", "social_affairs", "MOSVY", "KHM", "02", ""),
    "NGO-A": ("An NGO", "អង្គការមួយ", "ngo", None, "KHM", "12", ""),
    "NGO-B": ("Another NGO", "អង្គការមួយទៀត", "ngo", None, "KHM", "12", ""),
    "DPO": ("Data protection office", "ការិយាល័យការពារទិន្នន័យ", "data_protection", None, "KHM", "12", ""),
}  # fmt: skip

# What each stands for: label, agency, roles.
PEOPLE: dict[str, tuple[str, str, list[str]]] = {
    "dara": ("Dara", "HOTLINE", ["intake_officer"]),
    "sophal": ("Sophal", "HOTLINE", ["intake_officer", "supervisor"]),
    "rith": ("Rith", "POL-02", ["case_officer"]),
    "vanna": ("Vanna", "AHTJP", ["case_officer"]),
    "sokha": ("Sokha", "AHTJP", ["supervisor"]),
    "chenda": ("Chenda", "MFAIC", ["consular_officer"]),
    "lim": ("Lim", "EMB-CHN", ["consular_officer"]),
    "maly": ("Maly", "NGO-A", ["case_officer"]),
    "stranger": ("Stranger", "NGO-B", ["case_officer"]),
    "bopha": ("Bopha", "GDI-PNH", ["border_officer"]),
    "kunthea": ("Kunthea", "MOSVY", ["social_worker", "supervisor"]),
    "thida": ("Thida", "DOSVY-02", ["social_worker"]),
    "nary": ("Nary", "NCCT", ["coordinator"]),
    "pisey": ("Pisey", "NCCT", ["statistician"]),
    "oun": ("Oun", "DPO", ["auditor"]),
    "samnang": ("Samnang", "NCCT", ["administrator"]),
}
PASSWORD = "a long enough password of the cast"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def agency(code: str) -> Agency:
    """Return an agency of the cast, with all above it, making them on first use."""
    name, km, kind, parent, country, province, covers = AGENCIES[code]
    held, _ = Agency.objects.get_or_create(
        code=code,
        defaults={
            "name_en": name,
            "name_km": km,
            "kind": kind,
            "parent": agency(parent) if parent else None,
            "country": country,
            "province": province,
            "covers": covers,
        },
    )
    return held


def user(name: str) -> User:
    """Return a user of the cast with both factors set."""
    label, code, roles = PEOPLE[name]
    held = User.objects.filter(username=name).first()
    if held is None:
        held = User(username=name, label=label, agency=agency(code), roles=roles, language="en")
        held.set_password(PASSWORD)
        held.save()
        TOTP.activate(held, TOTP_SECRET)
    return held


def actor(name: str) -> Actor:
    return actor_for(user(name))


def client_as(name: str, **extra: Any) -> Client:
    """Return a client that is signed in with both factors, reading English."""
    client = Client(headers={"accept-language": "en"}, **extra)
    client.force_login(user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def days(number: int) -> timedelta:
    return timedelta(days=number)


__all__ = ["Authenticator", "actor", "agency", "client_as", "clock", "days", "user"]

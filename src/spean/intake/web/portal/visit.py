"""Who has come back, for half an hour: the session holds the id of a receipt, never a number.

With the number that opened it a visit ends: whoever still holds the old one sees nothing more.
"""

from __future__ import annotations

from django.core import signing
from django.core.exceptions import ValidationError

from spean.intake.models import Receipt, Request
from spean.kernel import clock
from spean.shell.doors import ActorRequest

IDLE = 30 * 60
_KEY = "visit"
_SALT = "intake.more"


def open_for(request: ActorRequest, plea: Request) -> None:
    """Begin a visit under a fresh session key."""
    standing = plea.receipts.filter(revoked=None).order_by("pk").last()
    request.session.cycle_key()
    request.session[_KEY] = {"receipt": standing.pk if standing else 0, "seen": _now()}


def current(request: ActorRequest) -> Request | None:
    """Return the request of this visit, unless half an hour went by without a page."""
    held = request.session.get(_KEY)
    if not held:
        return None
    now = _now()
    if not 0 <= now - held["seen"] < IDLE:
        close(request)
        return None
    if now - held["seen"] > IDLE // 10:
        request.session[_KEY] = {**held, "seen": now}
    standing = Receipt.objects.filter(pk=held["receipt"], revoked=None)
    receipt = standing.select_related("request__owner", "request__case").first()
    return receipt.request if receipt else None


def close(request: ActorRequest) -> None:
    request.session.pop(_KEY, None)


def pass_for_more(plea: Request) -> str:
    """Return a pass, good for half an hour, to add words to what was just written: not to read."""
    return signing.dumps(str(plea.pk), salt=_SALT)


def from_pass(signed: str) -> Request | None:
    try:
        pk = signing.loads(signed, salt=_SALT, max_age=IDLE)
        return Request.objects.select_related("owner", "case").filter(pk=pk).first()
    except (signing.BadSignature, ValidationError):
        return None


def _now() -> int:
    return int(clock.now().timestamp())

"""Everything that changes a referral or a request to a host authority."""

from __future__ import annotations

from spean.referrals.actions.hosts import ask_host, log_host_answer
from spean.referrals.actions.sharing import recall
from spean.referrals.actions.verbs import accept, answer, decline, send, withdraw

__all__ = [
    "accept",
    "answer",
    "ask_host",
    "decline",
    "log_host_answer",
    "recall",
    "send",
    "withdraw",
]

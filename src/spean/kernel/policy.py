"""One function answers three questions: may they, must they not, and why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

from spean.kernel.errors import Denied
from spean.kernel.text import Sentence

P = ParamSpec("P")


class Policy(Generic[P]):
    def __init__(self, reason: Callable[P, Sentence | None]) -> None:
        self.reason = reason
        self.__doc__ = reason.__doc__
        self.__name__ = getattr(reason, "__name__", "policy")

    def allows(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        return self.reason(*args, **kwargs) is None

    def require(self, *args: P.args, **kwargs: P.kwargs) -> None:
        if why := self.reason(*args, **kwargs):
            raise Denied(why)


def policy(reason: Callable[P, Sentence | None]) -> Policy[P]:
    """Make a policy of a function that returns the reason for a refusal, or None."""
    return Policy(reason)

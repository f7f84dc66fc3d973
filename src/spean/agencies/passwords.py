"""How a colleague's password is hashed."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP's password storage advice has it: 19 MiB, two passes, one lane.

    Django's 100 MiB a try, from eight threads at once, let a flood of sign-ins take the memory
    that the portal lives on.
    """

    memory_cost = 19_456
    parallelism = 1

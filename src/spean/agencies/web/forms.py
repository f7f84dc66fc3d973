"""Signing in, taking up an invitation, inviting."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from spean.agencies import actions
from spean.agencies.models import Agency
from spean.kernel.actor import Role
from spean.kernel.digits import to_ascii

_PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


def _code_field(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs = {"autocomplete": "username", **_PLAIN}
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self) -> str:
        return str(super().clean_login()).lower()


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The second factor: six digits of the app, or one of the recovery codes, in any digits."""

    code = _code_field(
        _("The six digits your authenticator app shows now, or one of your recovery codes.")
    )

    def clean_code(self) -> str:
        written = to_ascii(self.cleaned_data["code"])
        self.cleaned_data["code"] = "".join(written.split()).replace("-", "")
        code = str(super().clean_code())
        if not actions.spend_code(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class InvitationForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_(
            "At least 15 characters. Three or four words that only you would join do well."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = _code_field(_("The six digits your authenticator app shows after you added Spean."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("again") and given.get("password") != given.get("again"):
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return given


class InviteForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Small Latin letters and digits. It is what they type to sign in."),
        widget=forms.TextInput(attrs={"autocomplete": "off", **_PLAIN}),
    )
    label = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What colleagues call them.")
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), to_field_name="code"
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("km", "ខ្មែរ"), ("en", "English")], initial="km"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["agency"]
        choice.queryset = Agency.objects.order_by("code")
        roles: Any = self.fields["roles"]
        roles.choices = [(role.value, ROLE_NAMES[role]) for role in Role]


ROLE_NAMES = {
    Role.INTAKE_OFFICER: _("Intake officer"),
    Role.CASE_OFFICER: _("Case officer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.CONSULAR_OFFICER: _("Consular officer"),
    Role.BORDER_OFFICER: _("Border officer"),
    Role.SOCIAL_WORKER: _("Social worker"),
    Role.COORDINATOR: _("Coordinator"),
    Role.STATISTICIAN: _("Statistician"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

"""People who sign in, and the roles they hold over units from one day to another."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Looks people up by e-mail, folded to lower case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who signs in. ``email`` is stored in lower case."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)  # chức vụ, as printed
    is_active = models.BooleanField(default=True)
    last_day = models.DateField(null=True)  # of the role that lasts longest; None: no end is set
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    @property
    def actor_id(self) -> int | None:
        """The id that services write beside what this person did."""
        return self.pk

    def may(self, right: str, unit_id: int | None = None, on: dt.date | None = None) -> bool:
        """Whether this person holds ``right`` over the unit on that day. See ``policy``."""
        from . import policy

        return policy.may(self, right, unit_id, on)

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used here; rights come from roles over units."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class RoleGrant(models.Model):
    """A role over a unit and all below it in one tree, from one day to another, both inclusive."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="grants")
    tree = models.CharField(max_length=12, default="state")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="granted"
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "unit", "tree", "valid_from"], name="role_grant_once"
            )
        ]
        indexes = [models.Index(fields=["account", "valid_to"])]


class OneTimeToken(models.Model):
    """A link that works once, for one purpose, until it expires. Only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Installation(models.Model):
    """One row: what this installation is, written once (INTERFACE, danchu init)."""

    singleton = models.BooleanField(default=True, unique=True)
    mode = models.CharField(max_length=8)  # live | demo
    serves = models.JSONField(default=list)  # codes of the units it works for; empty: all
    demo_state = models.CharField(max_length=8, blank=True)  # loading | loaded, of a demonstration
    created_at = models.DateTimeField(auto_now_add=True)

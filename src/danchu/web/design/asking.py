"""Forms that ask once more: what a service refuses is done all the same if a box is ticked."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from danchu.core.errors import Refusal

from .forms import DanchuForm


class AsksOnceMore(DanchuForm):
    """A form whose service refuses with one code what it does all the same if asked to.

    The box to answer with bears the name of the code and is not there before: who ticks it has
    read what was refused.
    """

    all_the_same: Any  # what the box says
    asked_by: ClassVar[str] = "early"  # the code of the refusal that asks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.add_prefix(self.asked_by) in self.data:
            self._ask()

    def tell(self, fault: Refusal) -> None:
        if fault.code == self.asked_by:
            self._ask()
        super().tell(fault)

    def _ask(self) -> None:
        self.fields[self.asked_by] = forms.BooleanField(label=self.all_the_same, required=False)

    @property
    def asked(self) -> Any:
        """The box, where it was asked; None before."""
        return self[self.asked_by] if self.asked_by in self.fields else None

    @property
    def insists(self) -> bool:
        """Whether it is to be done all the same, of a form that was cleaned."""
        return bool(self.cleaned_data.get(self.asked_by))

"""What curators fill in to keep a tag."""

from django import forms
from django.utils.translation import gettext_lazy

from feeds.desk.tags import KINDS


class TagForm(forms.Form):
    """What readers see of a tag."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)
    description = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("A sentence or two, for the top of its page."),
        widget=forms.Textarea({"rows": 3}),
    )
    hidden = forms.BooleanField(
        label=gettext_lazy("Hidden: no list, page or letter names it; its address still works"),
        required=False,
    )

"""What curators fill in to keep a tag."""

from django import forms

from feeds.desk.tags import KINDS


class TagForm(forms.Form):
    """What readers see of a tag."""

    name = forms.CharField(max_length=100, widget=forms.TextInput({"autocomplete": "off"}))
    kind = forms.ChoiceField(choices=KINDS)
    description = forms.CharField(
        label="What it is about",
        required=False,
        max_length=2000,
        help_text="A sentence or two, for the top of its page.",
        widget=forms.Textarea({"rows": 3}),
    )
    hidden = forms.BooleanField(
        label="Hidden: no list, page or letter names it; its address still works",
        required=False,
    )

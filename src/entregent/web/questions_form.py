"""The closed questions of an evening, as its organiser types them: each a line, with its answers on another."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.meetups.shown import Evening

#: The places of the questions.
PLACES = (1, 2, 3)


def _question(place: int) -> forms.CharField:
    help_text = gettext_lazy("Vegetarian?") if place == 1 else ""
    return forms.CharField(label=gettext_lazy("A question"), help_text=help_text, max_length=120, required=False)


def _choices(place: int) -> forms.CharField:
    help_text = gettext_lazy("yes, no, it depends") if place == 1 else ""
    label = gettext_lazy("Its answers, with commas between them")
    return forms.CharField(label=label, help_text=help_text, max_length=400, required=False)


class QuestionsForm(forms.Form):
    """Up to three questions; those that are left empty are none."""

    question_1, choices_1 = _question(1), _choices(1)
    question_2, choices_2 = _question(2), _choices(2)
    question_3, choices_3 = _question(3), _choices(3)

    def clean(self) -> dict[str, Any]:
        """Each question with its answers."""
        said, found = super().clean() or {}, []
        for place in PLACES:
            text = said.get(f"question_{place}", "")
            choices = [word.strip() for word in said.get(f"choices_{place}", "").split(",") if word.strip()]
            if choices and not text:
                self.add_error(f"question_{place}", _("What is asked?"))
            if text and len(choices) < 2:
                self.add_error(f"choices_{place}", _("Between two and six different answers to choose from."))
            found += [(text, choices)] if text else []
        return {**said, "questions": found}

    def asks(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each question."""
        return [(self[f"question_{place}"], self[f"choices_{place}"]) for place in PLACES]


def typed_of(evening: Evening) -> dict[str, str]:
    """The questions of an evening as somebody would have typed them."""
    found = {}
    for place, asked in enumerate(evening.questions, start=1):
        found[f"question_{place}"], found[f"choices_{place}"] = asked.text, ", ".join(asked.choices)
    return found

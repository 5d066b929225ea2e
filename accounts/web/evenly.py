"""Answers that come at even moments: how long one takes does not tell who is known here."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TOO_OFTEN = 429  # it says the same to everybody, and holds up nothing
View = Callable[..., HttpResponse]


def evenly(view: View) -> View:
    """The view; what is posted to it is answered ANSWER_STEP_MS after it came, or at a multiple of
    that: an account that has to be made takes no longer than one that is there."""

    @wraps(view)
    def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        begun = time.monotonic()
        answer = view(request, *args, **kwargs)
        step = settings.ANSWER_STEP_MS / 1000
        if step and request.method == "POST" and answer.status_code != TOO_OFTEN:
            time.sleep(step - (time.monotonic() - begun) % step)
        return answer

    return held

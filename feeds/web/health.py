"""Is the process alive, can it answer, and is all well behind it?"""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feeds.vitals.base import examine


@require_safe
@never_cache
def livez(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 where everything that an answer needs is there, else 503; each part by name.

    What else is not well is named as `ailing`, and takes nobody away from this process: it would
    be the same at every other.
    """
    looked = [one for one in examine(timezone.now()) if one.word]
    ready = all(one.is_well for one in looked if one.vital.needed)
    ailing = [one.name for one in looked if not one.is_well and not one.vital.needed]
    parts = {one.name: one.word for one in looked}
    told = {"ready": ready, **parts, "ailing": ailing if ready else []}
    return JsonResponse(told, status=200 if ready else 503)

"""The answer to one who asks too often, and who that is."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MINUTE = 60
HOUR = 3600


def too_often(request: HttpRequest, seconds: int = MINUTE) -> HttpResponse:
    """Status 429, with the time to wait in words and in Retry-After."""
    page = render(request, "429.html", {"wait": in_words(seconds)}, status=429)
    page["Retry-After"] = str(seconds)
    return page


def in_words(seconds: int) -> str:
    """ "a minute", "25 minutes", "2 hours": never less than it is."""
    minutes = -(-seconds // MINUTE)
    if minutes <= 1:
        return "a minute"
    if minutes <= HOUR // MINUTE:
        return f"{minutes} minutes"
    return f"{-(-seconds // HOUR)} hours"


def client(request: HttpRequest) -> str:
    """The network address that asks; of IPv6 the part that one subscriber line has."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)

"""The answer to one who asks too often, and who that is."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from feeds.limits import MINUTE, in_words


def too_often(request: HttpRequest, seconds: int = MINUTE) -> HttpResponse:
    """Status 429, with the time to wait in words and in Retry-After."""
    page = render(request, "429.html", {"wait": in_words(seconds)}, status=429)
    page["Retry-After"] = str(seconds)
    return page


def client(request: HttpRequest) -> str:
    """The network address that asks; of IPv6 the part that one subscriber line has."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)

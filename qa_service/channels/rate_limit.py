"""How often one address may ask: a bucket of requests that fills up again, minute by minute."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa_service.channels.api_errors import ErrorCode, error_reply
from qa_service.settings import Network

_LIMITED = ("/v1/", "/source/")
_MOST_ADDRESSES = 20_000
_HOME_NETWORK = 64
"""Whoever has an IPv6 address has a whole network of this prefix length."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RateLimit:
    """Refuses (429, with Retry-After) what comes faster than so many requests a minute.

    Addresses are kept in memory alone, and forgotten as others come. `spare_own`: what this
    machine asks itself, through no proxy, passes.
    """

    def __init__(
        self, app: ASGIApp, per_minute: int, trusted: Sequence[Network], *, spare_own: bool
    ) -> None:
        self._app = app
        self._spare_own = spare_own
        self._most = float(per_minute)
        self._trusted = trusted
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self._seconds_to_wait(scope) if self._concerns(scope) else 0
        if not wait:
            await self._app(scope, receive, send)
            return
        reply = error_reply(Request(scope), 429, ErrorCode.TOO_MANY_REQUESTS)
        reply.headers["Retry-After"] = str(wait)
        await reply(scope, receive, send)

    def _concerns(self, scope: Scope) -> bool:
        if not self._most or scope["type"] != "http" or not scope["path"].startswith(_LIMITED):
            return False
        return not (self._spare_own and _is_own(scope))

    def _seconds_to_wait(self, scope: Scope) -> int:
        """0 where the request may pass, and then it is counted."""
        who, now = caller(scope, self._trusted), time.monotonic()
        bucket = self._buckets.setdefault(who, _Bucket(self._most, now))
        self._buckets.move_to_end(who)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        a_second = self._most / 60
        bucket.left = min(self._most, bucket.left + (now - bucket.at) * a_second)
        bucket.at = now
        if bucket.left < 1:
            return math.ceil((1 - bucket.left) / a_second)
        bucket.left -= 1
        return 0


def _is_own(scope: Scope) -> bool:
    """Whether a request comes from this machine, and no proxy says that it passed it on."""
    peer = _address(scope["client"][0]) if scope.get("client") else None
    passed_on = "x-forwarded-for" in Headers(scope=scope) or "forwarded" in Headers(scope=scope)
    return peer is not None and peer.is_loopback and not passed_on


def caller(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address that a request comes from, an IPv6 one as its network.

    X-Forwarded-For counts only as far as trusted proxies wrote it: from its end, the first address
    that is none of theirs.
    """
    peer = scope["client"][0] if scope.get("client") else ""
    hops = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    found = _address(peer)
    while found is not None and hops and any(found in network for network in trusted):
        before = _address(hops.pop())
        if before is None:
            break
        found = before
    if isinstance(found, IPv6Address):
        return str(int(found) >> (128 - _HOME_NETWORK))
    return str(found or peer)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

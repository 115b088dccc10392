"""The guard before every path and the websocket: right host, own origin, known visitor."""

from __future__ import annotations

from http.cookies import Morsel

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.server import refusal
from explorer.server.access import Access

_CLOSE = {"type": "websocket.close", "code": 1008, "reason": ""}
_SAFE_METHODS = ("GET", "HEAD")


def allowed_hosts(port: int) -> frozenset[str]:
    """Host headers that name this server; the port belongs to it."""
    names = ("127.0.0.1", "localhost", "[::1]")
    bare = names if port == 80 else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in names)))


class Guard:
    """Lets a request through, redeems the one-time token, or refuses without a word about the data."""

    def __init__(self, app: ASGIApp, *, access: Access, port: int) -> None:
        self._app = app
        self._access = access
        self._hosts = allowed_hosts(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        await self._look()
        refused = self._refusal(scope)
        if refused is None and scope["type"] == "websocket" and self._access.is_open:
            await self._app(scope, *self._while_open(receive, send))
        elif refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send(_CLOSE)
        else:
            await refused(scope, receive, send)

    async def _look(self) -> None:
        if self._access.is_open:
            await run_in_threadpool(self._access.look)

    def _while_open(self, receive: Receive, send: Send) -> tuple[Receive, Send]:
        """A websocket that came through the open door, which ends with it: nothing passes once it is closed."""
        is_ended = False

        async def may_pass() -> bool:
            nonlocal is_ended
            await self._look()
            if not self._access.is_open and not is_ended:
                is_ended = True
                await send(_CLOSE)
            return not is_ended

        async def send_while_open(message: Message) -> None:
            if await may_pass():
                await send(message)

        async def receive_while_open() -> Message:
            message = await receive()
            return message if await may_pass() else {"type": "websocket.disconnect", "code": 1008}

        return receive_while_open, send_while_open

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_host_ours(headers):
            return _page(refusal.FOREIGN_HOST, 403)
        if not _is_origin_ours(scope, headers):
            return _page(refusal.FOREIGN_ORIGIN, 403)
        visitor = HTTPConnection(scope)
        token = QueryParams(scope["query_string"]).get("token")
        if token is not None and scope["type"] == "http" and scope["path"] == "/":
            return self._redeemed(token, visitor, scope["method"])
        return None if self._access.admits(visitor.cookies) else _page(refusal.NO_KEY, 401)

    def _is_host_ours(self, headers: Headers) -> bool:
        hosts = headers.getlist("host")
        return len(hosts) == 1 and hosts[0].lower() in self._hosts

    def _redeemed(self, token: str, visitor: HTTPConnection, method: str) -> Response:
        if self._access.admits(visitor.cookies):
            return _to_start(visitor)
        cookie = self._access.redeem(token) if method == "GET" else None
        if cookie is None:
            return _page(refusal.NO_KEY, 401)
        answer = _to_start(visitor)
        answer.headers["Set-Cookie"] = _cookie_header(self._access.cookie_name, cookie)
        return answer


def _is_origin_ours(scope: Scope, headers: Headers) -> bool:
    """Whether the request comes from our own page, as far as the browser tells.

    Browsers always name the origin of a websocket and of a request that changes something, so none is foreign.
    """
    origins = headers.getlist("origin")
    if origins:
        return origins == [f"http://{headers['host'].lower()}"]
    if scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS:
        return False
    site = headers.get("sec-fetch-site", "none")
    return site in ("none", "same-origin") or headers.get("sec-fetch-mode") == "navigate"


def _cookie_header(name: str, value: str) -> str:
    cookie: Morsel[str] = Morsel()
    cookie.set(name, value, value)
    for attribute, said in (("path", "/"), ("httponly", "True"), ("samesite", "Strict")):
        cookie[attribute] = said
    return cookie.OutputString()


def _to_start(visitor: HTTPConnection) -> Response:
    """The way to the first page. A browser that comes from elsewhere would follow a redirect without its cookie."""
    if visitor.headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    return _page(refusal.ON_THE_WAY, 200)


def _page(body: bytes, status: int) -> Response:
    return Response(body, status, {"Cache-Control": "no-store"}, "text/html")

"""Who may ask, and what an answer may do (安全): the first and the last word on every request.

The server listens on the loopback, which other programs and other users of the machine reach, too,
and every web page that the officer has open. So a request must name this very server (no name of
a stranger's that resolves here), must not come from another page, and must bear the cookie that
only the first address gave. An answer may run no script but ours, and is kept by nobody.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPENING = "/open/"
"""The path of the first address, before its secret."""

HOSTS = ("127.0.0.1", "localhost", "[::1]")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""What a page may load and do: from this server alone, and nothing that stands in the page."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

MOST_BYTES = 200 * 1024 * 1024
"""The most that one request may bring: twenty large workbooks."""

MOST_FILES = 300
"""The most files that one request may bring."""

_SAFE = ("GET", "HEAD")
_PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>"""


class TooLarge(Exception):
    """A body with more bytes than may be read: so many."""

    def __init__(self, most: int) -> None:
        """Keep how many may be."""
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True)
class Safety:
    """Stands before the application. `secret` opens it, `most` are the bytes of one request."""

    app: ASGIApp
    secret: str
    most: int
    hosts: tuple[str, ...] = HOSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(scope)
        if answer is not None:
            await answer(scope, receive, send_safely)
            return
        await self.app(scope, self._bounded(receive), send_safely)

    def _answer(self, scope: Scope) -> Response | None:
        """The answer that the application is not asked for; None where it is to answer."""
        headers = Headers(scope=scope)
        port = scope["server"][1]
        if headers.get("host", "") not in {f"{host}:{port}" for host in self.hosts}:
            return _refusal(400, "地址不对", "请用 perfgen serve 显示的地址打开。")
        if not self._is_own(scope, headers):
            return _refusal(403, "没有执行", "这个请求来自别的网页。")
        path = scope["path"]
        if path.startswith(OPENING) and scope["method"] == "GET":
            return self._open(path.removeprefix(OPENING), port)
        if not self._is_known(headers, port):
            return _refusal(
                403,
                "请重新打开",
                "双击启动文件，或运行 perfgen serve，用它显示的地址打开；没有做完的都还在。",
            )
        if _length(headers) > self.most:
            return too_large(self.most)
        return None

    def _is_own(self, scope: Scope, headers: Headers) -> bool:
        """Whether a request comes from our own page: what changes something must say so."""
        host = headers["host"]
        origin = headers.get("origin")
        if origin is None:
            return scope["method"] in _SAFE
        return origin == f"http://{host}"

    def _open(self, secret: str, port: int) -> Response:
        if not _same(secret, self.secret):
            return _refusal(403, "地址已经失效", "请用 perfgen serve 这一次显示的地址打开。")
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(cookie_name(port), self.secret, httponly=True, samesite="strict")
        return answer

    def _is_known(self, headers: Headers, port: int) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        cookie = cookies.get(cookie_name(port))
        return cookie is not None and _same(cookie.value, self.secret)

    def _bounded(self, receive: Receive) -> Receive:
        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.most:
                raise TooLarge(self.most)
            return message

        return receive_bounded


def too_large(most: int) -> Response:
    """Return the refusal of a request that brings more bytes than it may."""
    return _refusal(413, "文件太大", f"一次最多 {most // 1024 // 1024} MB。请返回，少放几个文件。")


def cookie_name(port: int) -> str:
    """Return the cookie's name: cookies know no ports, so that two servers need two names."""
    return f"perfgen-{port}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def _refusal(status: int, title: str, text: str) -> Response:
    return HTMLResponse(_PAGE.format(title=title, text=text), status_code=status)

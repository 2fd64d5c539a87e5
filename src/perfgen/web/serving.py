"""The server (服务): on the loopback alone, with a secret in its first address."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from filelock import FileLock, Timeout

from perfgen.errors import OutputError, PerfgenError
from perfgen.files import reason, write_whole
from perfgen.web.works import private, read_json

ADDRESS = "127.0.0.1"
USUAL_PORT = 8377
_TRIES = 20
_BACKLOG = 64


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server is found: its socket, and the secret that opens it."""

    socket: socket.socket
    secret: str

    @property
    def address(self) -> str:
        """Return the first address."""
        return first_address(self.socket.getsockname()[1], self.secret)


def first_address(port: int, secret: str) -> str:
    """Return the address that an officer opens first."""
    return f"http://{ADDRESS}:{port}/open/{secret}"


def open_door(port: int | None, secret: str) -> Door:
    """Return a door at a port: the usual one, or one of the next, where none is named.

    Raises PerfgenError where the port is taken.
    """
    tried = [port] if port is not None else [*range(USUAL_PORT, USUAL_PORT + _TRIES), 0]
    why = ""
    for number in tried:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets two programs share a port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((ADDRESS, number))
            listening.listen(_BACKLOG)
        except OSError as error:
            listening.close()
            why = reason(error)
            continue
        return Door(listening, secret)
    raise PerfgenError(f"不能使用端口 {tried[0]}（{why}）", hint="用 --port 换一个，或不写")


def kept_secret(home: Path) -> str:
    """Return the secret of this user's server: kept, so that open pages outlive a restart."""
    file = home / "secret.json"
    known = read_json(file) or {}
    secret = known.get("secret")
    if isinstance(secret, str) and len(secret) >= 40:
        return secret
    secret = secrets.token_urlsafe(32)
    private(home)
    write_whole({file: json.dumps({"secret": secret}).encode()})
    file.chmod(0o600)
    return secret


def serve(
    folder: Path, home: Path, *, port: int | None, browser: bool, tell: Callable[[str, bool], None]
) -> None:
    """Serve until Ctrl-C. `tell` is told the address, and whether a server ran already.

    Raises PerfgenError where the port is taken, or the user's folder cannot be written.
    """
    try:
        private(home)
    except OSError as error:
        raise OutputError(
            f"不能写入 {home}（{reason(error)}）", hint="检查权限和磁盘空间"
        ) from error
    secret = kept_secret(home)
    lock = FileLock(home / "serve.lock", timeout=0)
    try:
        with lock:
            door = open_door(port, secret)
            write_whole({home / "serve.json": json.dumps({"port": _port(door)}).encode()})
            if browser and _has_windows():
                Thread(target=webbrowser.open, args=(door.address,), daemon=True).start()
            with contextlib.suppress(KeyboardInterrupt):  # from the moment that it is told
                tell(door.address, False)
                _run(door, folder, home)
    except Timeout:
        running = (read_json(home / "serve.json") or {}).get("port", USUAL_PORT)
        address = first_address(int(running), secret)
        tell(address, True)
        if browser and _has_windows():
            webbrowser.open(address)


def _has_windows() -> bool:
    """Whether a browser can open a window here; one for terminals would take the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _port(door: Door) -> int:
    port: int = door.socket.getsockname()[1]
    return port


def _run(door: Door, folder: Path, home: Path) -> None:
    """Answer until Ctrl-C. What is imported here waits until the address is told."""
    from uvicorn import Config, Server  # noqa: PLC0415

    from perfgen.web.app import create_app  # noqa: PLC0415
    from perfgen.web.office import Office  # noqa: PLC0415
    from perfgen.web.pool import Pool  # noqa: PLC0415
    from perfgen.web.works import Works  # noqa: PLC0415

    office = Office(Works(home / "works"), Pool(), folder)
    config = Config(
        create_app(office, door.secret),
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    Server(config).run(sockets=[door.socket])

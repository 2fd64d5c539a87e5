"""Options about a cluster, which `batch` and `cluster-check` share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from perfgen.batch.cluster.security import Certificates
from perfgen.cli.options import PATH

F = TypeVar("F", bound=Callable[..., Any])


def tls_options(function: F) -> F:
    """Add `--tls-ca`, `--tls-cert` and `--tls-key`."""
    for name, text in (
        ("--tls-key", "自己的密钥"),
        ("--tls-cert", "自己的证书"),
        ("--tls-ca", "双方都信任的证书"),
    ):
        option = click.option(name, type=PATH, metavar="文件", help=f"连接集群用：{text}")
        function = option(function)
    return function


def certificates(tls_ca: Path | None, tls_cert: Path | None, tls_key: Path | None) -> Certificates:
    """Return the files that were named."""
    return Certificates(tls_ca, tls_cert, tls_key)

"""Who may be talked to (安全): a scheduler runs whatever it is sent, and reads all workbooks.

So beyond the loopback every connection must be encrypted and both ends known by certificate.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from perfgen.errors import PerfgenError

if TYPE_CHECKING:
    from distributed import Security


class ClusterError(PerfgenError):
    """A cluster that cannot be used: not reached, not safe, or of another make."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files for TLS: the authority that both sides trust, our certificate, and its key.

    What is left out comes from Dask's own settings (distributed.comm.tls).
    """

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


NO_TLS = (
    "{address} 不在本机，又没有加密：调度程序会运行收到的任何程序，工作簿也会明文经过网络，没有连接"
)
USE_TLS = (
    "用证书启动调度程序和工作进程，地址写 tls://…，并写明 --tls-ca、--tls-cert、--tls-key；"
    "做法见 docs/扩展.md"
)


def secured(address: str, certificates: Certificates) -> Security | None:
    """Return how to talk to a scheduler: by TLS, or plainly where it is on this very machine.

    Raises ClusterError where it is elsewhere and not secured.
    """
    from distributed import Security  # noqa: PLC0415  (an extra)

    scheme = scheme_of(address)
    if scheme == "tcp":
        if not is_loopback(address):
            raise ClusterError(NO_TLS.format(address=address), hint=USE_TLS)
        return None
    if scheme != "tls":
        raise ClusterError(
            f"不能用 {scheme}:// 连接集群", hint="地址写 tls://机器名:8786；本机可以写 tcp://"
        )
    given = {
        "tls_ca_file": certificates.authority,
        "tls_client_cert": certificates.certificate,
        "tls_client_key": certificates.key,
    }
    for file in given.values():
        if file is not None and not file.is_file():
            raise ClusterError(f"没有证书文件 {file}", hint="检查 --tls-ca、--tls-cert、--tls-key")
    security = Security(
        require_encryption=True, **{name: str(file) for name, file in given.items() if file}
    )
    if not all(getattr(security, name) for name in given):
        raise ClusterError(f"连接 {address} 要有证书", hint=USE_TLS)
    return security


def check_workers(addresses: Iterable[str]) -> None:
    """Raise ClusterError where a worker talks plainly over the network."""
    for address in addresses:
        if scheme_of(address) != "tls" and not is_loopback(address):
            raise ClusterError(NO_TLS.format(address=f"工作进程 {address}"), hint=USE_TLS)


def scheme_of(address: str) -> str:
    """Return the protocol of an address; tcp where none is written."""
    return urlsplit(address).scheme.lower() if "://" in address else "tcp"


def is_loopback(address: str) -> bool:
    """Return whether an address is on this machine, under every name that it resolves to."""
    host = urlsplit(address if "://" in address else f"tcp://{address}").hostname
    if not host:
        return False
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one[4][0]).is_loopback for one in found)

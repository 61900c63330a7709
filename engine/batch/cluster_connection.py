"""The way to a Dask scheduler, and by what it is believed.

Whoever is at its address can run code here: distributed unpickles what it sends.  Without TLS only
this machine is believed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ..errors import BsrError
from ..progress import CancelToken

# The package is optional and hardly typed.
Client = Any

CONNECT_SECONDS = 10
POLL_SECONDS = 0.2  # between two looks whether it was cancelled
SECURE = ("tls", "wss")


@dataclass(frozen=True)
class Trust:
    """By what a scheduler is believed.

    Attributes:
        ca: file of the authority that signed the scheduler's certificate, in PEM; None for what
            Dask's own configuration says, as for the others.
        certificate: file of the certificate that this program shows.
        key: file of its key; it may stand in the certificate's file too.
        insecure: whether any address is believed without TLS.
    """

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    insecure: bool = False


NO_TRUST = Trust()


def connect(address: str, trust: Trust = NO_TRUST, cancel: CancelToken | None = None) -> Client:
    """Reach the scheduler and at least one worker.

    Args:
        address: of the scheduler.
        trust: by what it is believed.
        cancel: looked at while nobody answers.

    Raises:
        BsrError, Cancelled: see `run_on_cluster`.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise BsrError(
            "--dask needs the package distributed: pip install distributed. The built program, "
            "which runs without Python, cannot use it."
        ) from error
    check_trust(address, trust)
    try:
        security = _security(address, trust)
        asyncio.run(_hear_from(address, security, cancel or CancelToken()))
        client = distributed.Client(
            address, timeout=CONNECT_SECONDS, set_as_default=False, security=security
        )
    except TypeError as error:  # distributed builds no context of one file alone
        raise BsrError(
            "TLS needs certificates: give --dask-ca and --dask-cert, and --dask-key where the key "
            "has a file of its own."
        ) from error
    except (OSError, ValueError, MemoryError) as error:  # other greetings are taken for a length
        secure = _scheme(address) in SECURE
        why = f" {error}." if secure else ""  # a certificate may be missing or wrong
        raise BsrError(
            "No Dask scheduler answers at {address}.{why}", address=address, why=why
        ) from error
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except OSError as error:
        client.close()
        raise BsrError(
            "The Dask scheduler at {address} has no workers.", address=address
        ) from error
    return client


async def _hear_from(address: str, security: Any, cancel: CancelToken) -> None:
    """Wait until the scheduler has said who it is, which a client would do without end.

    Raises:
        OSError: nobody is there, or says anything.
        Cancelled: it was cancelled meanwhile.
    """
    distributed: Any = import_module("distributed")
    security = security or distributed.Security()
    scheduler = distributed.rpc(
        address,
        timeout=CONNECT_SECONDS,
        connection_args=security.get_connection_args("client"),
    )
    answer = asyncio.ensure_future(scheduler.identity())
    until = time.monotonic() + CONNECT_SECONDS
    try:
        while not answer.done():
            cancel.check()
            if time.monotonic() > until:
                raise TimeoutError
            await asyncio.wait([answer], timeout=min(POLL_SECONDS, CONNECT_SECONDS))
        answer.result()
    finally:
        answer.cancel()
        await scheduler.close_rpc()


def check_trust(address: str, trust: Trust) -> None:
    """Refuse a scheduler that could be anybody.

    Args:
        address: of the scheduler.
        trust: by what it is believed.

    Raises:
        BsrError: it is on another machine and TLS is not used.
    """
    if trust.insecure or _scheme(address) in (*SECURE, "inproc") or _is_loopback(address):
        return
    raise BsrError(
        "The Dask scheduler at {address} could run any code on this machine, and "
        "without TLS nobody knows who it is. Use a tls:// address, or --dask-insecure "
        "in a network that you trust wholly.",
        address=address,
    )


def _scheme(address: str) -> str:
    return address.partition("://")[0].lower() if "://" in address else "tcp"


def _is_loopback(address: str) -> bool:
    host = address.rpartition("://")[2].rpartition(":")[0].strip("[]").lower()
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _security(address: str, trust: Trust) -> Any:
    """Return what distributed is told of certificates, None where it shall use none."""
    if _scheme(address) not in SECURE:
        return None
    files = {
        "tls_ca_file": trust.ca,
        "tls_client_cert": trust.certificate,
        "tls_client_key": trust.key,
    }
    given = {name: str(path) for name, path in files.items() if path is not None}
    security: Any = import_module("distributed").Security
    return security(require_encryption=True, **given)

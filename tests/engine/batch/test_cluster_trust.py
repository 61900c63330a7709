"""Which Dask schedulers are believed."""

import sys
from types import SimpleNamespace

import pytest

from bsr import cli
from bsr.engine import BsrError
from bsr.engine.batch import cluster_connection
from bsr.engine.batch.cluster_connection import Trust, check_trust, connect

OTHERS = ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "host:8786", "tcp://localhost.evil:1", "ws://h:1"]
OTHERS += ["tcp://[2001:db8::1]:8786", "ucx://10.0.0.1:1", "tcp://0.0.0.0:1", "nonsense", ""]
OWN = ["tcp://127.0.0.1:8786", "127.3.2.1:8786", "LOCALHOST:8786", "tcp://[::1]:8786", "inproc://1"]


@pytest.fixture
def answering(monkeypatch):
    """Somebody says who he is, at every address."""

    async def hear_from(*_):
        pass

    monkeypatch.setattr(cluster_connection, "_hear_from", hear_from)


@pytest.mark.parametrize("address", OTHERS)
def test_another_machine_is_not_believed_without_tls(address):
    with pytest.raises(BsrError, match="could run any code on this machine"):
        check_trust(address, Trust())
    check_trust(address, Trust(insecure=True))


@pytest.mark.parametrize("address", [*OWN, "tls://10.0.0.1:8786", "wss://host:443"])
def test_this_machine_and_tls_are_believed(address):
    check_trust(address, Trust())


def test_a_scheduler_that_is_not_believed_is_never_reached(monkeypatch):
    def radius(*arguments, **options):
        raise AssertionError("reached")

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=radius))
    with pytest.raises(BsrError, match="--dask-insecure"):
        connect("tcp://10.0.0.1:8786")


def test_certificates_are_handed_to_distributed(answering, monkeypatch, tmp_path):
    told = {}

    def radius(address, security, **options):
        told.update(address=address, security=security)
        raise OSError("nobody there")

    fake = SimpleNamespace(Client=radius, Security=lambda **options: options)
    monkeypatch.setitem(sys.modules, "distributed", fake)
    trust = Trust(tmp_path / "ca.pem", tmp_path / "cert.pem", tmp_path / "key.pem")
    with pytest.raises(BsrError, match=r"No Dask scheduler answers at tls://host:1\. nobody"):
        connect("tls://host:1", trust)
    assert told["security"] == {
        "require_encryption": True,
        "tls_ca_file": str(tmp_path / "ca.pem"),
        "tls_client_cert": str(tmp_path / "cert.pem"),
        "tls_client_key": str(tmp_path / "key.pem"),
    }


def test_certificates_that_tls_lacks_are_named(answering, monkeypatch):
    def radius(*arguments, **options):
        raise TypeError("TLS expects a `ssl_context` argument")

    fake = SimpleNamespace(Client=radius, Security=lambda **options: options)
    monkeypatch.setitem(sys.modules, "distributed", fake)
    with pytest.raises(BsrError, match="TLS needs certificates: give --dask-ca and --dask-cert"):
        connect("tls://host:1")


def test_without_distributed_it_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BsrError, match=r"pip install distributed\. The built program"):
        connect("tls://host:1")


def test_the_command_refuses_at_once_and_its_help_says_why(tmp_path, capsys):
    arguments = ["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--dask", "10.0.0.1:8786"]
    assert cli.main(arguments) == 2
    assert "could run any code" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert cli.main(["batch", "--help"]) == 0
    assert "unpickled" in capsys.readouterr().out

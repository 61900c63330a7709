"""Weights files from an enemy: only ModelFileError comes out, soon, and with little memory."""

import hashlib
import json
import struct
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bsr.engine.errors import ModelFileError
from bsr.engine.models.model import load_model
from bsr.engine.models.weights_file import read_card
from tests.small_models import save_small_model

LONGEST_SECONDS = 5
MOST_BYTES = 64 << 20
hostile = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

numbers = st.one_of(
    st.integers(-2, 70),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from([2.0, 32.0, 1e308, 10**30, True, False]),
)
values = st.recursive(
    st.one_of(st.none(), numbers, st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return save_small_model(tmp_path_factory.mktemp("weights")).read_bytes()


def check(raw, tmp_path):
    """Load the bytes as a weights file: it works, or is refused in one sentence."""
    path = tmp_path / "enemy.safetensors"
    path.write_bytes(raw)
    tracemalloc.start()
    started = time.process_time()
    try:
        for load in (read_card, load_model):
            try:
                load(path)
            except ModelFileError as error:
                assert str(error).startswith("enemy.safetensors ") and len(str(error)) < 500
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    seconds = time.process_time() - started
    assert seconds < LONGEST_SECONDS and most < MOST_BYTES


def parts(raw):
    """The parsed header and the arrays' bytes."""
    length = struct.unpack("<Q", raw[:8])[0]
    return json.loads(raw[8 : 8 + length]), raw[8 + length :]


def sealed(header, body):
    """A file with this header whose checksum is right, where it can have one."""
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    seal = isinstance(metadata, dict) and "sha256" in metadata
    if seal:
        metadata["sha256"] = "0" * 64
    text = json.dumps(header).encode()
    raw = struct.pack("<Q", len(text)) + text + body
    if seal:
        raw = raw.replace(b"0" * 64, hashlib.sha256(raw).hexdigest().encode(), 1)
    return raw


def test_the_seal_of_these_tests_is_accepted(sound, tmp_path):
    path = tmp_path / "sealed.safetensors"
    path.write_bytes(sealed(*parts(sound)))
    assert load_model(path).card.id == "small-x2"


@seed(1)
@hostile
@given(raw=st.binary(max_size=400))
def test_random_bytes_are_refused(tmp_path, raw):
    check(raw, tmp_path)


@seed(2)
@hostile
@given(data=st.data())
def test_a_file_that_was_damaged_anywhere_is_refused(sound, tmp_path, data):
    raw = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 40))
        raw[at : at + length] = data.draw(st.binary(max_size=40))
    check(bytes(raw[: data.draw(st.integers(0, len(raw)))]), tmp_path)
    check(bytes(raw), tmp_path)


@seed(3)
@hostile
@given(data=st.data())
def test_a_well_sealed_file_with_a_wild_header_is_refused(sound, tmp_path, data):
    header, body = parts(sound)
    name = data.draw(st.sampled_from(sorted(header)))
    field = data.draw(st.sampled_from(sorted(header[name])))
    header[name][field] = data.draw(values)
    check(sealed(header, body), tmp_path)


@seed(4)
@hostile
@given(data=st.data())
def test_a_well_sealed_file_with_a_wild_shape_is_refused(sound, tmp_path, data):
    header, body = parts(sound)
    name = data.draw(st.sampled_from(sorted(name for name in header if name != "__metadata__")))
    field = data.draw(st.sampled_from(["shape", "data_offsets"]))
    entries = list(header[name][field])
    entries[data.draw(st.integers(0, len(entries) - 1))] = data.draw(numbers)
    header[name][field] = entries
    check(sealed(header, body), tmp_path)


@seed(5)
@hostile
@given(
    key=st.sampled_from(["channels", "convolutions", "scale", "precision", "variant", "more"]),
    value=values,
    text=st.booleans(),
)
def test_a_well_sealed_file_with_a_wild_network_is_refused(sound, tmp_path, key, value, text):
    header, body = parts(sound)
    metadata = header["__metadata__"]
    config = json.loads(metadata["config"])
    config[key] = value
    metadata["config"] = str(value) if text else json.dumps(config)
    check(sealed(header, body), tmp_path)


@seed(6)
@hostile
@given(header=values)
def test_a_header_that_is_something_else_is_refused(tmp_path, header):
    check(sealed(header, b""), tmp_path)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "9" * 5_000, "1e999", '"\\ud800"']
)
def test_a_header_that_strains_the_parser_is_refused(sound, tmp_path, text):
    raw = struct.pack("<Q", len(text)) + text.encode()
    check(raw, tmp_path)
    header, body = parts(sound)
    for key in ("config", "scores", "scale", "title", "id"):
        check(
            sealed({**header, "__metadata__": {**header["__metadata__"], key: text}}, body),
            tmp_path,
        )

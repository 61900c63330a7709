"""The weights file: what is written is read, and every kind of damage is named."""

import json
import pickle
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save

from bsr.engine.errors import ModelFileError
from bsr.engine.models import FAMILIES
from bsr.engine.models.card import ModelDescription
from bsr.engine.models.model import load_model
from bsr.engine.models.weights_file import load_weights, read_card, read_cards, save_weights
from bsr.engine.picture import Picture
from bsr.engine.upscaling.upscale import upscale
from tests.networks import make_arrays, make_config
from tests.small_models import save_small_model, save_small_pyramid


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return save_small_model(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def damaged(tmp_path):
    """Write bytes and give the message with which they are refused."""

    def refused(raw):
        path = tmp_path / "damaged.safetensors"
        path.write_bytes(raw)
        with pytest.raises(ModelFileError, match=r"^damaged\.safetensors .*\.$") as caught:
            load_model(path)
        return str(caught.value)

    return refused


def plain(config, weights):
    """What a header says of an x2 model of the light network, as little as possible."""
    return ModelDescription("m", weights, "", "light", config, (2,), licence="", training="")


def rewritten(path, change):
    """The file's bytes after change(header) edited its parsed header, checksum left alone."""
    raw = path.read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + raw[8 + length :]


def test_what_was_saved_is_loaded(tmp_path):
    config = make_config(["binary", "binary-weight", "float", "binary"], 32, 4, 3)
    arrays = make_arrays(config, network="srresnet")
    path = tmp_path / "model.safetensors"
    description = ModelDescription(
        id="some-x3",
        weights="binary",
        title="Ein Titel mit Umlauten: äöü",
        network="srresnet",
        config=config,
        scales=(3,),
        licence="CC0-1.0",
        training="none",
        scores={3: {"Set5": {"psnr": 30.5}}},
    )
    save_weights(path, arrays, description)
    card, loaded = load_weights(path)
    assert card == read_card(path)
    assert (card.id, card.title, card.scale) == ("some-x3", "Ein Titel mit Umlauten: äöü", 3)
    assert (card.config, card.scores) == (config, {"Set5": {"psnr": 30.5}})
    assert card.bytes == path.stat().st_size
    assert card.parameters == sum(
        a.size * (8 if a.dtype == np.uint8 else 1) for a in arrays.values()
    )
    assert loaded.keys() == arrays.keys()
    for name, array in arrays.items():
        assert np.array_equal(loaded[name], array), name


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_says_what_it_is_for(tmp_path, family):
    assert read_card(save_small_model(tmp_path, family=family)).family == family


def test_a_file_that_names_no_family_is_for_clean_pictures(sound):
    assert b"family" not in sound.read_bytes() and read_card(sound).family == "clean"


def test_a_file_that_serves_several_scales_has_a_card_for_each(tmp_path):
    scores = {2: {"Set5": {"psnr": 37.5}}, 8: {"Set5": {"psnr": 26.0}}}
    path = save_small_pyramid(tmp_path, scores=scores)
    cards = read_cards(path)
    assert [card.id for card in cards] == ["pyramid-x2", "pyramid-x4", "pyramid-x8"]
    assert [card.title for card in cards] == ["Pyramid x2", "Pyramid x4", "Pyramid x8"]
    assert [card.scale for card in cards] == [card.config["scale"] for card in cards] == [2, 4, 8]
    assert [card.scores for card in cards] == [scores[2], {}, scores[8]]
    assert {(card.file_id, card.scales, card.path) for card in cards} == {
        ("pyramid", (2, 4, 8), path)
    }


def test_a_scale_of_a_file_is_loaded_where_it_is_asked_for_and_else_its_first(tmp_path):
    path = save_small_pyramid(tmp_path)
    assert load_model(path).scale == read_card(path).scale == 2
    for scale in (2, 4, 8):
        model = load_model(path, scale)
        assert model.card == read_card(path, scale) == read_cards(path)[scale.bit_length() - 2]
        assert upscale(model, Picture(np.zeros((3, 5, 3), np.uint8))).pixels.shape == (
            3 * scale, 5 * scale, 3,
        )  # fmt: skip
    with pytest.raises(ModelFileError, match=r"^pyramid-binary\.safetensors .* by 3\.$"):
        load_model(path, 3)


@pytest.mark.parametrize("scale", ["2,4,", "4,2", "2,2", "2, 4", "2,40", "0,2", "2,4.0", ",2"])
def test_scales_that_are_no_rising_factors_are_refused(tmp_path, damaged, scale):
    path = save_small_pyramid(tmp_path)
    raw = rewritten(path, lambda header: header["__metadata__"].update(scale=scale))
    assert "makes no sense" in damaged(raw)


def test_scores_of_several_scales_are_checked_as_those_of_one_are(tmp_path, damaged):
    path = save_small_pyramid(tmp_path)
    for scores in ('{"4": {"Set5": 3}}', '{"4": 3}', "[]"):
        raw = rewritten(path, lambda header, s=scores: header["__metadata__"].update(scores=s))
        assert "makes no sense" in damaged(raw)


def test_a_scale_that_a_network_does_not_have_is_neither_written_nor_loaded(tmp_path, damaged):
    with pytest.raises(ValueError, match="16"):
        save_small_pyramid(tmp_path, scales=(2, 16))
    path = save_small_pyramid(tmp_path)
    raw = rewritten(path, lambda header: header["__metadata__"].update(scale="3,4"))
    assert "factor" in damaged(raw)


def test_half_precision_is_loaded_as_float32(tmp_path):
    config = make_config(precision="float")
    arrays = {name: array.astype(np.float16) for name, array in make_arrays(config).items()}
    path = tmp_path / "half.safetensors"
    save_weights(path, arrays, plain(config, "float"))
    for name, array in load_weights(path)[1].items():
        assert array.dtype == np.float32
        assert np.array_equal(array, arrays[name])


def test_a_packed_body_takes_a_32nd_of_its_float_size(tmp_path):
    sizes = {}
    for precision, kind in (("binary-weight", "binary"), ("float", "float")):
        config = make_config(precision=precision, channels=64, convolutions=8)
        path = tmp_path / f"{kind}.safetensors"
        save_weights(path, make_arrays(config), plain(config, kind))
        raw = path.read_bytes()
        header = json.loads(raw[8 : 8 + struct.unpack("<Q", raw[:8])[0]])
        spans = [
            entry["data_offsets"]
            for name, entry in header.items()
            if name.startswith("body") and name.endswith((".sign", ".weight"))
        ]
        sizes[kind] = sum(end - start for start, end in spans)
    assert 32 * sizes["binary"] == sizes["float"]


def test_a_file_cut_short_anywhere_is_refused(sound, damaged):
    raw = sound.read_bytes()
    for percent in range(100):
        message = damaged(raw[: len(raw) * percent // 100])
        assert "cut short" in message or "not a safetensors file" in message


@settings(max_examples=300)
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_refused(sound, tmp_path_factory, data):
    raw = bytearray(sound.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path = tmp_path_factory.getbasetemp() / "flipped.safetensors"
    path.write_bytes(raw)
    with pytest.raises(ModelFileError):
        load_model(path)


def test_every_byte_of_the_header_counts(sound, damaged):
    raw = sound.read_bytes()
    for position in range(8, 8 + struct.unpack("<Q", raw[:8])[0], 7):
        changed = bytearray(raw)
        changed[position] ^= 1
        damaged(bytes(changed))


BAD_SCALES = ("0", "1", "-2", "+2", " 2", "2.0", "10", "9" * 5000)
CONFIG = '{"channels": 32, "convolutions": 1, "scale": %s}'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda h: h["__metadata__"].update(format="2"), "version 2"),
        (lambda h: h["__metadata__"].update(network="unheard-of"), "unheard-of"),
        (lambda h: h["__metadata__"].pop("title"), "lacks 'title'"),
        (lambda h: h["__metadata__"].pop("sha256"), "lacks 'sha256'"),
        (lambda h: h["__metadata__"].update(scale="two"), "no sense"),
        *((lambda h, s=s: h["__metadata__"].update(scale=s), "no sense") for s in BAD_SCALES),
        (lambda h: h["__metadata__"].update(sha256="\ud800" * 64), "no sense"),
        (lambda h: h["__metadata__"].update(sha256="0"), "no sense"),
        (lambda h: h["__metadata__"].update(scores='{"Set5": {"psnr": NaN}}'), "no sense"),
        (lambda h: h["__metadata__"].update(scores='{"Set5": {"psnr": 1e999}}'), "no sense"),
        (lambda h: h["head.bias"].update(shape=[1.5, 10**400]), "not a BSR weights file"),
        (lambda h: h["head.bias"].update(shape=["a", 10**13]), "not a BSR weights file"),
        (lambda h: h["head.bias"].update(shape=[[0], 10**13]), "not a BSR weights file"),
        (lambda h: h["head.bias"].update(shape=[32, *[1] * 8]), "not a BSR weights file"),
        (lambda h: h["__metadata__"].update(config=CONFIG % '2.0, "precision": "float"'), "2.0"),
        (lambda h: h["__metadata__"].update(config=CONFIG % '2, "precision": [[]]'), "precision"),
        (lambda h: h["__metadata__"].update(config="{"), "no sense"),
        (lambda h: h["__metadata__"].update(config="{}"), "channels"),
        (lambda h: h["__metadata__"].update(weights="ternary"), "no sense"),
        (lambda h: h["__metadata__"].update(family="dull"), "no sense"),
        (lambda h: h["__metadata__"].update(family="jpeg"), "altered"),
        (lambda h: h["__metadata__"].update(title="another"), "altered"),
        (lambda h: h["head.bias"].update(shape=[4, 8]), "head.bias has the shape"),
        (lambda h: h["head.bias"].update(dtype="I32"), "not a BSR weights file"),
        (lambda h: h["head.bias"].update(data_offsets=[0, 4]), "contradicts itself"),
        (lambda h: h.update({"head.bios": h.pop("head.bias")}), "head.bias is missing"),
    ],
)
def test_a_wrong_header_is_named(sound, damaged, change, words):
    assert words in damaged(rewritten(sound, change))


def test_files_of_another_kind_are_named(damaged, tmp_path):
    archive = tmp_path / "checkpoint.pt"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("data.pkl", pickle.dumps({}))
    assert "pickle" in damaged(pickle.dumps({"weights": [1.0]}))
    assert "pickle" in damaged(archive.read_bytes())
    assert "not a safetensors file" in damaged(b"")
    assert "not a safetensors file" in damaged(b"GIF89a" + bytes(100))
    assert "not a BSR weights file" in damaged(save({"a": np.zeros(3)}))
    assert "not a BSR weights file" in damaged(struct.pack("<Q", 5000) + b"[" * 5000)


def test_bytes_behind_the_end_are_refused(sound, damaged):
    assert "behind its end" in damaged(sound.read_bytes() + b"\0")


def test_a_number_that_is_not_finite_is_refused(tmp_path):
    config = make_config()
    arrays = make_arrays(config)
    arrays["head.bias"][3] = np.nan
    path = tmp_path / "nan.safetensors"
    save_weights(path, arrays, plain(config, "binary"))
    with pytest.raises(ModelFileError, match=r"not finite, in head\.bias"):
        load_weights(path)


def test_missing_files_and_folders_are_refused(tmp_path):
    for path in (tmp_path / "nothing.safetensors", tmp_path):
        with pytest.raises(ModelFileError, match="could not be read"):
            read_card(path)


def test_arrays_that_do_not_fit_are_not_saved(tmp_path):
    config = make_config()
    arrays = make_arrays(config)
    del arrays["tail.bias"]
    with pytest.raises(ValueError, match="do not fit"):
        save_weights(tmp_path / "m", arrays, plain(config, "binary"))
    assert not list(tmp_path.iterdir())


def test_a_header_whose_length_begins_like_a_pickle_is_read(tmp_path):
    for letters in range(300):
        path = save_small_model(tmp_path, title="t" * letters)
        if path.read_bytes()[0] == 0x80:
            assert load_model(path).card.title == "t" * letters
            return
    pytest.fail("no header of such a length was made")

"""The installed models."""

import pytest

from bsr.engine import BsrError, ModelFileError
from bsr.engine.models.catalog import BUNDLED_MODELS, Catalog, default_catalog
from bsr.engine.models.weights_file import read_cards
from tests.small_models import save_small_model, save_small_pyramid


@pytest.fixture
def catalog(tmp_path):
    """Three bundled models (x2 and x4 binary, x4 float) and none of the user's own."""
    bundled = tmp_path / "bundled"
    save_small_model(bundled, "small-x2", "binary", 2)
    save_small_model(bundled, "small-x4", "binary", 4)
    save_small_model(bundled, "small-x4", "float", 4)
    return Catalog(bundled, tmp_path / "user")


@pytest.fixture
def own(tmp_path):
    """A weights file somewhere on the disk that could be imported."""
    return save_small_model(tmp_path / "downloads", "my-x3", "binary", 3)


def names(catalog):
    return [(card.id, card.weights) for card in catalog.cards()]


def spoil(path):
    """Change one byte of the last array."""
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_all_models_of_both_folders_are_listed(catalog, own):
    catalog.import_file(own)
    assert names(catalog) == [
        ("small-x2", "binary"),
        ("small-x4", "binary"),
        ("small-x4", "float"),
        ("my-x3", "binary"),
    ]


def test_models_are_listed_by_family_and_scale_and_what_is_for_comparison_last(tmp_path):
    bundled, user = tmp_path / "bundled", tmp_path / "user"
    save_small_model(bundled, "a-paper-x2", network="srresnet")
    save_small_model(bundled, "b-jpeg-x2", family="jpeg")
    for weights in ("float", "binary"):
        save_small_model(bundled, "c-x4", weights, 4)
    save_small_model(bundled, "d-x2")
    save_small_model(user, "e-x3", scale=3, network="srresnet")
    catalog = Catalog(bundled, user)
    listed = sorted(catalog.cards(), key=catalog.list_order)
    assert [(card.id, card.weights) for card in listed] == [
        ("d-x2", "binary"),
        ("e-x3", "binary"),
        ("c-x4", "binary"),
        ("c-x4", "float"),
        ("b-jpeg-x2", "binary"),
        ("a-paper-x2", "binary"),
    ]


def test_folders_that_do_not_exist_hold_no_models(tmp_path):
    catalog = Catalog(tmp_path / "a", tmp_path / "b")
    assert catalog.cards() == [] and catalog.problems() == []
    with pytest.raises(BsrError, match="No model is installed"):
        catalog.find("small-x4", "binary")
    assert list(tmp_path.iterdir()) == []


def test_the_bundled_models_are_those_of_the_program():
    assert BUNDLED_MODELS.is_dir()
    assert default_catalog().problems() == []


def test_a_damaged_file_is_a_problem_and_hides_no_other(catalog, tmp_path):
    bad = tmp_path / "bundled" / "bad-x2-binary.safetensors"
    bad.write_bytes(b"nothing of use")
    ((path, reason),) = catalog.problems()
    assert path == bad and bad.name in reason
    assert len(catalog.cards()) == 3


def test_a_file_is_read_again_only_when_it_has_changed(catalog, tmp_path, monkeypatch):
    """A window asks sixteen times for the models while it is built."""
    read = []

    def read_and_note(path):
        read.append(path.name)
        return read_cards(path)

    monkeypatch.setattr("bsr.engine.models.weights_file.read_cards", read_and_note)
    assert len(catalog.cards()) == len(read) == 3
    assert len(catalog.cards()) == len(read) == 3
    save_small_model(tmp_path / "bundled", "small-x4", "float", 4, title="Another")
    assert [card.title for card in catalog.cards()][-1] == "Another"
    assert read[3:] == ["small-x4-float.safetensors"]


def test_a_model_is_found_by_id_and_weights(catalog):
    assert catalog.find("small-x4", "float").weights == "float"


@pytest.mark.parametrize("wanted", [("small-x9", "binary"), ("small-x2", "float")])
def test_a_missing_model_is_refused_by_naming_what_is_installed(catalog, wanted):
    with pytest.raises(BsrError, match=r"Installed: small-x2 \(binary\), small-x4 \(binary\)"):
        catalog.find(*wanted)


def test_a_damaged_model_is_named_when_it_is_missed(catalog):
    path = catalog.find("small-x2", "binary").path
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BsrError, match=r"Not usable: small-x2-binary\.safetensors\."):
        catalog.find("small-x2", "binary")


@pytest.mark.parametrize(
    ("scale", "chosen"),
    [(None, 4), (1, 2), (1.5, 2), (2, 2), (2.5, 4), (3, 4), (4, 4), (5, 4), (8, 4)],
)
def test_the_exact_scale_is_chosen_else_the_next_larger_else_the_largest(catalog, scale, chosen):
    assert catalog.choose(scale).scale == chosen


def test_the_weights_asked_for_matter_more_than_the_scale(catalog):
    assert catalog.choose(2, weights="float").id == "small-x4"


def test_a_model_is_found_by_its_id(catalog):
    assert catalog.find("small-x2", "binary").id == "small-x2"


@pytest.mark.parametrize("family", ["jpeg", "sharp"])
def test_a_family_is_chosen_only_where_it_is_asked_for(catalog, tmp_path, family):
    save_small_model(tmp_path / "bundled", "a-x2", scale=2, family=family)
    assert catalog.choose(2).id == "small-x2"
    assert catalog.choose(4, family=family).id == "a-x2"
    assert catalog.choose(2, family=family).family == family


def test_a_family_that_is_not_installed_is_named(catalog):
    with pytest.raises(BsrError, match=r"No sharp model has binary weights\. Installed: small-x2"):
        catalog.choose(2, family="sharp")


def test_the_program_s_light_model_is_preferred(catalog, tmp_path):
    save_small_model(tmp_path / "user", "a-x4", "binary", 4)
    assert catalog.choose(4).id == "small-x4"


def test_no_model_of_the_weights_asked_for_is_an_error(tmp_path):
    save_small_model(tmp_path / "bundled", "small-x2", "binary")
    with pytest.raises(BsrError, match=r"No clean model has float weights\. Installed: small-x2"):
        Catalog(tmp_path / "bundled", tmp_path / "user").choose(2, weights="float")


def test_a_loaded_model_is_kept(catalog):
    card = catalog.find("small-x4", "binary")
    assert catalog.load(card) is catalog.load(card)
    assert catalog.load(card).card == card


def test_a_damaged_file_is_neither_loaded_nor_verified(catalog):
    card = catalog.find("small-x4", "binary")
    catalog.verify(card)
    spoil(card.path)
    for use in (catalog.verify, catalog.load):
        with pytest.raises(ModelFileError, match=card.path.name):
            use(card)


def test_a_file_that_was_exchanged_is_noticed(catalog):
    card = catalog.find("small-x4", "binary")
    save_small_model(card.path.parent, "small-x4", "binary", 4, seed=1)
    with pytest.raises(ModelFileError, match="exchanged"):
        catalog.load(card)


def test_an_imported_model_is_copied_under_its_own_name(catalog, own, tmp_path):
    renamed = own.rename(own.with_name("download (3).safetensors"))
    [card] = catalog.import_file(renamed)
    assert card.path == tmp_path / "user" / "my-x3-binary.safetensors"
    assert card.path.read_bytes() == renamed.read_bytes()
    assert catalog.is_user(card) and not catalog.is_user(catalog.find("small-x2", "binary"))
    assert len(list((tmp_path / "user").iterdir())) == 1


def test_a_damaged_file_is_not_imported(catalog, own, tmp_path):
    spoil(own)
    with pytest.raises(ModelFileError, match=own.name):
        catalog.import_file(own)
    assert not (tmp_path / "user").exists()


@pytest.mark.parametrize("missing", ["no-such.safetensors", "."])
def test_what_is_no_file_is_not_imported(catalog, tmp_path, missing):
    with pytest.raises(ModelFileError):
        catalog.import_file(tmp_path / missing)


def test_a_model_of_the_program_is_not_replaced_by_an_import(catalog, tmp_path):
    twin = save_small_model(tmp_path / "downloads", "small-x2", "binary", 2, seed=5)
    with pytest.raises(BsrError, match=r"small-x2 .* came with the program"):
        catalog.import_file(twin)
    assert len(catalog.cards()) == 3


def test_another_kind_of_weights_of_a_bundled_model_can_be_imported(catalog, tmp_path):
    twin = save_small_model(tmp_path / "downloads", "small-x2", "float", 2)
    assert catalog.import_file(twin) == [catalog.find("small-x2", "float")]


def test_a_model_is_not_imported_twice(catalog, own):
    catalog.import_file(own)
    with pytest.raises(BsrError, match="is yours"):
        catalog.import_file(own)


@pytest.mark.parametrize("id", ["../escape", "a/b", "..", "", "A B", "x" * 100])
def test_an_id_that_is_no_file_name_is_not_imported(catalog, own, tmp_path, id):
    odd = save_small_model(tmp_path / "odd", "plain", "binary", 2)
    save_small_model_as(odd, id)
    with pytest.raises(ModelFileError):
        catalog.import_file(odd)
    assert not (tmp_path / "user").exists()


def test_what_stands_in_the_way_of_an_import_is_told(catalog, own, tmp_path):
    (tmp_path / "user").touch()
    with pytest.raises(BsrError, match=r"my-x3-binary.safetensors cannot be written: a file is"):
        catalog.import_file(own)


def test_a_file_of_that_name_is_not_replaced_by_an_import(catalog, own, tmp_path):
    there = tmp_path / "user" / "my-x3-binary.safetensors"
    there.parent.mkdir()
    there.write_bytes(b"something else")
    with pytest.raises(BsrError, match="cannot be written: a file is there already"):
        catalog.import_file(own)
    assert there.read_bytes() == b"something else"


def save_small_model_as(path, id):
    """Change the id in a weights file's header, whatever that is."""
    from bsr.engine.models.card import ModelDescription
    from bsr.engine.models.weights_file import load_weights, save_weights

    card, arrays = load_weights(path)
    known = card.weights, card.title, card.network, card.config, card.scales
    save_weights(path, arrays, ModelDescription(id, *known, card.licence, card.training))


def test_an_imported_model_can_be_removed(catalog, own):
    [card] = catalog.import_file(own)
    assert catalog.remove("my-x3") == [card.path]
    assert not card.path.exists() and len(catalog.cards()) == 3


def test_one_kind_of_weights_can_be_removed_alone(catalog, own, tmp_path):
    catalog.import_file(own)
    catalog.import_file(save_small_model(tmp_path / "downloads", "my-x3", "float", 3))
    catalog.remove("my-x3", "float")
    assert ("my-x3", "binary") in names(catalog) and ("my-x3", "float") not in names(catalog)


def test_a_model_of_the_program_is_not_removed(catalog):
    with pytest.raises(BsrError, match="came with the program"):
        catalog.remove("small-x2")
    assert len(catalog.cards()) == 3


def test_an_unknown_model_cannot_be_removed(catalog):
    with pytest.raises(BsrError, match="no model 'nothing'"):
        catalog.remove("nothing")


def test_a_damaged_file_of_the_user_can_be_removed(catalog, own):
    path = catalog.import_file(own)[0].path
    path.write_bytes(b"damaged")
    assert catalog.remove("my-x3") == [path]
    assert catalog.problems() == []


@pytest.fixture
def pyramid(tmp_path):
    """A file somewhere on the disk that serves x2, x4 and x8."""
    return save_small_pyramid(tmp_path / "downloads")


def test_a_file_of_several_scales_is_imported_as_a_model_for_each(catalog, pyramid):
    cards = catalog.import_file(pyramid)
    assert [card.id for card in cards] == ["pyramid-x2", "pyramid-x4", "pyramid-x8"]
    assert {card.path.name for card in cards} == {"pyramid-binary.safetensors"}
    assert names(catalog)[3:] == [(card.id, "binary") for card in cards]
    for card in cards:
        catalog.verify(card)
        assert catalog.load(card).card == card == catalog.find(card.id, "binary")


def test_one_scale_that_is_installed_keeps_the_whole_file_out(catalog, pyramid, tmp_path):
    catalog.import_file(save_small_model(tmp_path / "downloads", "pyramid-x4", "binary", 4))
    with pytest.raises(BsrError, match=r"pyramid-x4 .* is yours"):
        catalog.import_file(pyramid)


def test_the_scales_of_a_file_are_removed_together(catalog, pyramid):
    path = catalog.import_file(pyramid)[0].path
    assert catalog.remove("pyramid-x4") == [path]
    assert len(catalog.cards()) == 3


def test_a_model_for_comparison_is_not_chosen_for_its_scale_alone(catalog, tmp_path):
    """No light model enlarges by 8, yet two passes of one are better than the pyramid's one."""
    save_small_pyramid(tmp_path / "bundled")
    for scale in (2, 4, 8):
        assert catalog.choose(scale).network == "light"
    assert catalog.find("pyramid-x8", "binary").scale == 8
    for path in (tmp_path / "bundled").glob("small-*"):
        path.unlink()
    assert catalog.choose(8).id == "pyramid-x8"

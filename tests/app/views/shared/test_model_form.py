"""Which model is to run, in the person's words."""

import pytest

from bsr.engine.images.compression import Compression
from bsr.engine.models.catalog import Catalog
from bsr.views.shared.model_form import ModelForm
from tests.small_models import save_small_model

NONE, POOR, GOOD, BLOCKS = (
    Compression(None, False),
    Compression(70, False),
    Compression(95, False),
    Compression(None, True),
)


@pytest.fixture
def catalog(tmp_path):
    bundled = tmp_path / "bundled"
    for scale in (2, 4):
        save_small_model(bundled, f"some-x{scale}", scale=scale)
    save_small_model(bundled, "tidy-x2", seed=1, family="jpeg")
    save_small_model(tmp_path / "user", "mine-x2", seed=2, title="Mine x2")
    return Catalog(bundled, tmp_path / "user")


@pytest.fixture
def form(qtbot, catalog):
    form = ModelForm(catalog)
    qtbot.addWidget(form)
    form.reload("")
    form.show()
    return form


def entries(form):
    return [form.model.itemText(row) for row in range(form.model.count())]


def described(form, compression):
    form.describe(form.choose(2, "binary"), compression)
    return form.hint.text(), form.slider.isVisible()


def test_only_families_that_are_installed_are_offered_and_own_models_behind_them(form):
    assert entries(form) == ["Automatic", "Clean", "JPEG", "", "Imported", "Mine · 2×"]


@pytest.mark.parametrize(
    ("set_to", "model", "family"),
    [
        ("", None, None),
        ("jpeg", None, "jpeg"),
        ("mine-x2", "mine-x2", None),
        ("tidy-x2", None, "jpeg"),
        ("some-x2", None, "clean"),
        ("some-x4", "some-x4", None),
        ("gone-x2", None, None),
    ],
)
def test_a_model_is_named_by_its_family_where_that_would_choose_it(form, set_to, model, family):
    form.set(set_to, 2, "binary")
    assert (form.model_id(), form.family()) == (model, family)


def test_what_was_chosen_stays_chosen_when_models_come(form, catalog, tmp_path):
    form.set("mine-x2", 2, "binary")
    save_small_model(tmp_path / "user", "another-x2", seed=3, title="Another x2")
    form.reload(form.value())
    assert form.value() == "mine-x2" and "Another · 2×" in entries(form)
    catalog.remove("mine-x2")
    form.reload(form.value())
    assert form.value() == ""


@pytest.mark.parametrize(
    ("compression", "words", "cleans"),
    [
        (NONE, "Shows no blocks of a JPEG", False),
        (GOOD, "quality about 95: kept", False),
        (POOR, "quality about 70: artefacts are removed", True),
        (BLOCKS, "blocks of a JPEG", True),
        (None, "where a picture shows", True),
    ],
)
def test_the_automatic_choice_says_what_it_found(form, compression, words, cleans):
    text, slider = described(form, compression)
    assert words in text and slider is cleans


@pytest.mark.parametrize(("family", "cleans"), [("clean", False), ("jpeg", True)])
def test_a_family_says_what_it_is_for(form, family, cleans):
    form.set(family, 2, "binary")
    text, slider = described(form, NONE)
    assert text and slider is cleans


def test_the_slider_stays_where_it_can_be_moved_back(form):
    form.set_clean_up(0)
    assert described(form, POOR)[1] and form.choose(2, "binary").after(POOR).card.id == "some-x2"


def test_a_named_model_needs_no_words(form):
    form.set("mine-x2", 2, "binary")
    assert described(form, POOR) == ("", False)


def test_nothing_is_promised_where_no_model_removes_artefacts(qtbot, tmp_path):
    save_small_model(tmp_path / "alone", "some-x2")
    form = ModelForm(Catalog(tmp_path / "alone", tmp_path / "none"))
    qtbot.addWidget(form)
    form.reload("")
    form.show()
    assert described(form, POOR) == ("", False)


def test_a_slider_in_motion_is_told_once_when_it_rests(qtbot, form):
    with qtbot.waitSignal(form.clean_up_changed):
        for percent in (90, 70, 40):
            form.set_clean_up(percent)
    assert form.clean_up() == 40 and not form._settled.isActive()

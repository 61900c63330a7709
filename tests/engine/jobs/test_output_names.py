"""Names of results."""

import os

import pytest

from bsr.engine import BsrError
from bsr.engine.jobs.output_names import free_name, output_name


def name(path, template="{name}_bsr_x{scale}", **changes):
    values = {"scale": 4, "model": "bsr-x4", "weights": "binary", "index": 1, "suffix": ".png"}
    return output_name(path, template, **{**values, **changes})


def test_the_default_name_tells_the_scale(tmp_path):
    assert name(tmp_path / "photo.jpg") == "photo_bsr_x4.png"


@pytest.mark.parametrize(("scale", "text"), [(2.0, "2"), (2.5, "2.5"), (8, "8"), (1.25, "1.25")])
def test_a_scale_is_written_without_needless_zeros(tmp_path, scale, text):
    assert name(tmp_path / "a.png", scale=scale) == f"a_bsr_x{text}.png"


def test_every_placeholder_is_filled(tmp_path):
    template = "{index}-{name}-{model}-{weights}-{scale}"
    assert name(tmp_path / "a.b.png", template, index=12) == "0012-a.b-bsr-x4-binary-4.png"


@pytest.mark.parametrize("template", ["{nmae}", "{}", "{0}", "{name.__class__}", "{name!r}"])
def test_an_unknown_placeholder_is_refused_and_the_known_ones_are_named(tmp_path, template):
    with pytest.raises(BsrError, match=r"unknown placeholder .* \{name\}, \{scale\}"):
        name(tmp_path / "a.png", template)


@pytest.mark.parametrize("template", ["../{name}", "/etc/{name}", "..\\{name}", "a/b/{name}"])
def test_a_name_never_leaves_its_folder(tmp_path, template):
    result = name(tmp_path / "photo.png", template)
    assert "/" not in result and "\\" not in result
    assert (tmp_path / result).parent == tmp_path


def test_a_model_cannot_bring_a_separator_into_the_name(tmp_path):
    assert name(tmp_path / "a.png", "{model}", model="../x") == ".._x.png"


@pytest.mark.parametrize("template", ["", "  ", ".", ".."])
def test_an_empty_name_is_refused(tmp_path, template):
    with pytest.raises(BsrError, match="empty file name"):
        name(tmp_path / "a.png", template)


@pytest.mark.parametrize("letter", ["a", "é", "照", "🙂"])
def test_a_long_name_is_shortened_but_keeps_its_ending(tmp_path, letter):
    count = 250 // len(os.fsencode(letter))
    result = name(tmp_path / (letter * count + ".jpg"))
    assert result.endswith(letter + "_bsr_x4.png")
    assert 235 < len(os.fsencode(result)) <= 244
    free = tmp_path / result
    free.touch()
    free_name(free).touch()
    assert len(list(tmp_path.iterdir())) == 2


def test_line_breaks_and_quotes_stay_in_a_name(tmp_path):
    assert name(tmp_path / "a\n\"b' {x}.png") == "a\n\"b' {x}_bsr_x4.png"


def test_a_free_name_is_given_back_unchanged(tmp_path):
    assert free_name(tmp_path / "a.png") == tmp_path / "a.png"


def test_a_taken_name_gets_the_next_free_number(tmp_path):
    for taken in ("a.png", "a (2).png"):
        (tmp_path / taken).touch()
    assert free_name(tmp_path / "a.png") == tmp_path / "a (3).png"


def test_a_dangling_link_counts_as_taken(tmp_path):
    (tmp_path / "a.png").symlink_to(tmp_path / "nowhere")
    assert free_name(tmp_path / "a.png") == tmp_path / "a (2).png"

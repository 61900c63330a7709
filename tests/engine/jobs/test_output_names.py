"""Names of results."""

import os
from itertools import islice

import pytest

from bsr.engine import BsrError
from bsr.engine.disk import numbered
from bsr.engine.jobs.output_names import output_name


def name(path, template="{name}_bsr_x{scale}", **changes):
    values = {"scale": 4, "model": "bsr-x4", "weights": "binary", "index": 1, "suffix": ".png"}
    return output_name(path, template, **{**values, **changes})


def test_the_default_name_tells_the_scale(tmp_path):
    assert name(tmp_path / "photo.jpg") == "photo_bsr_x4.png"


@pytest.mark.parametrize(("scale", "text"), [(2.0, "2"), (2.5, "2.5"), (8, "8"), (1.25, "1.25")])
def test_a_scale_is_written_without_needless_zeros(tmp_path, scale, text):
    assert name(tmp_path / "a.png", scale=scale) == f"a_bsr_x{text}.png"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{name}_bsr_x{scale}", "a_bsr_w1920"),
        ("{name}x{scale}", "aw1920"),
        ("{name}_max{scale}", "a_maxw1920"),
        ("{name}_préx{scale}", "a_préxw1920"),
    ],
)
def test_no_x_of_a_factor_precedes_a_size_but_words_stay_whole(tmp_path, template, text):
    assert name(tmp_path / "a.png", template, scale="w1920") == f"{text}.png"


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
    for path in islice(numbered(tmp_path / result), 99):
        path.touch()  # the numbered ones must not be too long
    assert len(list(tmp_path.iterdir())) == 99


def test_line_breaks_and_quotes_stay_in_a_name(tmp_path):
    assert name(tmp_path / "a\n\"b' {x}.png") == "a\n\"b' {x}_bsr_x4.png"

"""What models are called."""

import pytest

from bsr.engine.models.catalog import default_catalog
from bsr.views.shared import model_names


def test_a_models_title_does_not_repeat_its_weights():
    titles = {
        "SRResNet x4, binary weights": "SRResNet",
        "My own (float weights)": "My own",
        "ESPCN": "ESPCN",
        "BSR Sharp x2": "BSR Sharp",  # of somebody who trained it
    }
    for title, name in titles.items():
        assert model_names.model_name("mine-x2", title) == name


@pytest.mark.parametrize(
    "model_id, name", [("bsr-x4", "Clean"), ("bsr-jpeg-x2", "JPEG"), ("bsr-sharp-x3", "Sharp")]
)
def test_the_programs_models_are_named_by_what_they_are_for(model_id, name):
    assert model_names.model_name(model_id, "BSR x4, binary weights") == name


def test_each_of_the_programs_models_that_is_not_for_comparison_has_a_name(tmp_path):
    catalog = default_catalog(tmp_path)
    for card in catalog.cards():
        family = None if catalog.is_for_comparison(card) else card.family
        assert model_names.own_family(card.id) == family

import pytest

from bsr.engine.models import WEIGHTS
from bsr.qt.settings import CHOICES
from bsr.views.shared.choices import exists_choice, format_choice, weights_segments


@pytest.mark.parametrize(
    ("name", "make"), [("format", format_choice), ("if_exists", exists_choice)]
)
def test_a_list_offers_what_the_settings_keep(qtbot, name, make):
    box = make()
    qtbot.addWidget(box)
    offered = [box.itemData(number) for number in range(box.count())]
    assert sorted(offered) == sorted(CHOICES[name])
    assert all(box.itemText(number) for number in range(box.count()))
    assert box.accessibleName()


def test_every_kind_of_weights_can_be_chosen(qtbot):
    row = weights_segments("Weights")
    qtbot.addWidget(row)
    assert all(row.segment(kind).text() for kind in WEIGHTS)

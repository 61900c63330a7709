"""The list of the open picture's results."""

import pytest

from bsr.views.upscale.results_list import ResultsList
from tests.app.looking import noise, result_of


@pytest.fixture
def results(qtbot):
    results = ResultsList()
    qtbot.addWidget(results)
    results.resize(260, 400)
    for number in range(4):
        results.add(result_of(noise(4, 6), 2.0, f"model {number}"))
    with qtbot.waitExposed(results):
        results.show()
    return results


def test_the_chosen_result_stays_in_sight_where_room_becomes_short(results):
    results.setCurrentRow(1)
    results.resize(260, results.minimumHeight())
    seen = results.visualItemRect(results.currentItem())
    assert results.viewport().rect().contains(seen)


def test_two_results_are_seen_without_scrolling(results):
    both = sum(results.sizeHintForRow(row) for row in range(2))
    assert both <= results.minimumHeight() < 2 * both

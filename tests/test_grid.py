"""The grid of proposals: what it counts, where its numbers lead, and how they are seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sites import ROOT, STATEMENT, load

from innspill.compose.grid import SIZES, ProposalGrid, proposal_grid
from innspill.model import Proposal
from innspill.project import BuildResult

LIT = """() => {
  const usual = getComputedStyle(document.querySelector("section.all-proposals")).backgroundColor;
  return [...document.querySelectorAll("tr[data-strength]")]
    .filter(each => getComputedStyle(each).backgroundColor !== usual).map(each => each.id);
}"""


def grid_of(*proposals: tuple[str, str]) -> ProposalGrid:
    """A grid of invented proposals: a direction and the letter's word of each."""
    return proposal_grid(
        [
            Proposal(f"proposal-{number}", "Eksempel", move, force, ())
            for number, (move, force) in enumerate(proposals, start=1)
        ]
    )


def counts(grid: ProposalGrid) -> list[list[int]]:
    return [[len(cell.proposals) for cell in row.cells] for row in grid.rows]


@pytest.fixture
def page(tab: Page, real: tuple[Path, BuildResult]) -> Page:
    """The statement's page."""
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    return tab


def test_the_letters_own_counts() -> None:
    grid = proposal_grid(load(ROOT)[1].statements[0].proposals)
    assert grid.moves == ("to_district", "to_city", "cooperate", "other")
    assert {row.words[0]: counts for row, counts in zip(grid.rows, counts(grid), strict=True)} == {
        "må": [2, 0, 1, 6],
        "bør": [4, 1, 3, 4],
        "bør vurderes": [1, 1, 0, 1],
        "kan": [2, 5, 3, 3],
        "kan vurderes": [2, 3, 3, 2],
    }
    assert grid.totals == (11, 10, 10, 16)
    assert grid.total == 47


def test_words_that_are_as_strong_share_a_row_and_all_stand_in_it() -> None:
    grid = grid_of(("other", "kan"), ("other", "er ønskelig"), ("to_city", "er ønskelig"))
    assert [row.words for row in grid.rows] == [("er ønskelig", "kan")]
    assert grid.moves == ("to_city", "other")
    assert counts(grid) == [[1, 2]]


def test_a_word_that_the_table_does_not_know_comes_last() -> None:
    grid = grid_of(("other", "hadde vært fint om"), ("other", "kan vurderes"))
    assert [row.words for row in grid.rows] == [("kan vurderes",), ("hadde vært fint om",)]


def test_a_dot_grows_with_its_count_and_no_further() -> None:
    one, few, many = (("other", "må"),), (("to_city", "bør"),) * 3, (("other", "bør"),) * 200
    sizes = {
        len(cell.proposals): cell.size for row in grid_of(*one, *few).rows for cell in row.cells
    }
    assert sizes[0] == 0 < sizes[1] == 1 < sizes[3] < SIZES
    assert [cell.size for row in grid_of(*one, *many).rows for cell in row.cells] == [1, SIZES]
    assert [cell.size for row in grid_of(*few * 2).rows for cell in row.cells] == [SIZES]


def test_a_statement_without_proposals_has_no_grid() -> None:
    assert grid_of() == ProposalGrid((), (), ())


def test_the_table_needs_no_other_text(page: Page) -> None:
    table = page.locator("table.grid")
    assert "47 forslag" in table.locator("caption").inner_text()
    assert table.locator("thead th[scope=col]").all_inner_texts() == [
        *("Brevet sier", "Til bydelene", "Til kommunen sentralt", "Samarbeid", "Andre forslag")
    ]
    must = table.locator("tbody tr").first
    assert must.locator("th[scope=row]").inner_text() == (
        "må, forutsetter, forutsettes, vurderes som en forutsetning, forutsetning, er avgjørende"
    )
    assert must.locator("td").all_inner_texts() == ["2", "–\ningen", "1", "6"]
    assert table.locator("[style]").count() == 0


def test_each_number_leads_to_as_many_proposals_which_light_up(page: Page) -> None:
    links = page.locator("table.grid a")
    assert links.count() == 18
    seen: set[str] = set()
    for link in links.all():
        link.click()
        lit = page.evaluate(LIT)
        assert len(lit) == int(link.inner_text())
        assert page.locator(":target").is_visible()
        seen |= set(lit)
    assert len(seen) == 47


def test_a_proposal_alone_lights_up_alone(page: Page) -> None:
    page.goto(f"{page.url}#proposal-3")
    assert page.evaluate(LIT) == ["proposal-3"]


@pytest.mark.parametrize("media", ["forced", "print"])
def test_dots_are_seen_without_colours(
    tab: Page, real: tuple[Path, BuildResult], media: str
) -> None:
    forced = media == "forced"
    tab.emulate_media(forced_colors="active" if forced else "none")
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    tab.emulate_media(media="screen" if forced else "print")
    dot = tab.locator(".dot").first
    ring = dot.evaluate("each => getComputedStyle(each).borderTopWidth")
    ground = dot.evaluate("each => getComputedStyle(each).printColorAdjust")
    assert (ring, ground) == (("1px", "economy") if forced else ("0px", "exact"))


def test_dots_are_large_enough_to_hit(tab: Page, real: tuple[Path, BuildResult]) -> None:
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.goto((real[0] / STATEMENT / "index.html").as_uri())
    for link in tab.locator("table.grid a").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


def test_no_sheet_and_no_script_is_needed_for_the_numbers(real: tuple[Path, BuildResult]) -> None:
    text = (real[0] / STATEMENT / "index.html").read_text(encoding="utf-8")
    table = re.search(r'<table class="grid">.*?</table>', text, re.DOTALL)
    assert table is not None
    numbers = [int(number) for number in re.findall(r">(\d+)</span></a>", table[0])]
    assert sum(numbers) == 47

"""What the documents show works as it stands there, and what they name is there."""

import argparse
import doctest
import re
import shlex
from pathlib import Path

import pytest

from bsr import __version__
from bsr.cli import COMMANDS, build_parser

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"]
COMMAND_PAGES = [ROOT / "README.md", DOCS / "guide.md"]
PAGES += [ROOT / "packaging" / "README.md", *sorted((ROOT / "training").glob("*.md"))]
PAGES += sorted(DOCS.glob("*.md"))


def test_the_examples_of_the_library_give_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(DOCS / "library.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 20
    assert result.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", COMMAND_PAGES, ids=lambda page: page.name)
def test_every_command_that_is_shown_is_understood(page):
    parser = build_parser(list(COMMANDS))
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"^(?: {4}\.venv/bin/)?bsr (?!--help)(.+)$", text, re.MULTILINE)
    assert len(shown) > 6
    for line in shown:
        command = shlex.split(line, comments=True)
        assert parser.parse_args(command).command == command[0]


def options(parser):
    """Every option of a parser and of its commands."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from options(child)


@pytest.mark.parametrize("page", [ROOT / "README.md", *DOCS.glob("*.md")], ids=lambda p: p.name)
def test_every_option_that_is_named_is_one_of_a_command(page):
    named = set(re.findall(r"`(--[a-z-]+)", page.read_text(encoding="utf-8")))
    assert named <= set(options(build_parser(list(COMMANDS))))


def test_the_changes_tell_of_this_version():
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

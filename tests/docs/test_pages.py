"""What the documentation names is there: pages, anchors, files, settings, commands with their options."""

import importlib.util
import re
import shlex
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from typer.main import get_command

from brandlens.cli.main import app
from infra.settings import Settings
from tests.docs.pages import GUIDES, PAGES, ROOT, commands, page

_FOLDERS = (
    "benchmarks", "brandlens", "containers", "docs", "examples", "functions", "infra", "local", "schemas",
    "scripts", "statemachines", "tests", "web",
)  # fmt: skip
_PATH = re.compile(rf"({'|'.join(_FOLDERS)})/[\w./*-]*")
_SETTING = re.compile(r"\bsettings? ((?:`\w+`(?:, | and | or )?)+)")


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for link in page(name).links:
        target = urlsplit(link)
        if target.scheme:
            assert target.scheme == "https", link
            continue
        path = (ROOT / name).parent / unquote(target.path) if target.path else ROOT / name
        assert path.exists(), f"{link}: nothing is there"
        if target.fragment:
            there = path.resolve().relative_to(ROOT).as_posix()
            assert target.fragment in page(there).anchors, f"{link}: no heading is called so"


@pytest.mark.parametrize("name", GUIDES)
def test_every_file_that_is_named_exists(name: str) -> None:
    named = [code for code in page(name).inline if _PATH.fullmatch(code)]
    assert [code for code in named if not list(ROOT.glob(code.rstrip("/")))] == []


@pytest.mark.parametrize("name", GUIDES)
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = {
        setting
        for names in _SETTING.findall((ROOT / name).read_text("utf-8"))
        for setting in re.findall(r"\w+", names)
        if setting not in ("and", "or")
    }
    assert named <= Settings.model_fields.keys()


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_of_ours_can_be_typed(name: str) -> None:
    for line in commands(name):
        if line.startswith("brandlens ") and "..." not in line:
            _parse(shlex.split(line)[1:], line)


@pytest.mark.parametrize("name", GUIDES)
def test_every_module_that_is_to_be_run_exists(name: str) -> None:
    for line in commands(name):
        if run := re.match(r"python -m ([a-z][\w.]*)", line):
            assert importlib.util.find_spec(run[1]), line


def _parse(words: list[str], line: str) -> None:
    """Follow a command line to its command, and hold its options to those that the command has."""
    command: Any = get_command(app)
    while words and not words[0].startswith("-") and (subcommands := getattr(command, "commands", None)):
        assert words[0] in subcommands, f"{line}: there is no {words[0]}"
        command, words = subcommands[words[0]], words[1:]
    options = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
    given = {word.partition("=")[0] for word in words if word.startswith("-")}
    assert given <= options | {"--help"}, line

from pathlib import Path

import pytest

from brandlens.adapters.pulumi import stack_outputs, stack_resource_ids
from brandlens.errors import InvalidSettings, NotFound


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the Pulumi CLI, alone on PATH; a test writes what it does."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "pulumi"


def _does(cli: Path, commands: str) -> None:
    cli.write_text(f"#!/bin/sh\n{commands}\n")
    cli.chmod(0o755)


def test_a_stacks_outputs_are_what_its_cli_prints(cli: Path) -> None:
    asked = "stack output --json --non-interactive --stack dev"
    _does(cli, f"""[ "$*" = "{asked}" ] && echo '{{"region": "eu-west-1"}}'""")
    assert stack_outputs("dev") == {"region": "eu-west-1"}


def test_without_the_cli_it_says_what_to_install(cli: Path) -> None:
    with pytest.raises(InvalidSettings, match="the Pulumi CLI is not installed"):
        stack_outputs("dev")


def test_a_stack_that_is_not_there_is_refused_in_the_clis_words(cli: Path) -> None:
    _does(cli, "echo \"error: no stack named 'dev' found\" >&2; exit 255")
    with pytest.raises(NotFound, match=r"no stack named 'dev' found\. Run `pulumi up -s dev` first"):
        stack_outputs("dev")


def test_a_stack_that_was_never_deployed_is_of_no_use(cli: Path) -> None:
    _does(cli, "echo '{}'")
    with pytest.raises(NotFound, match="it has no outputs"):
        stack_outputs("dev")


def test_what_a_stack_has_made_is_what_its_state_has_identifiers_of(cli: Path) -> None:
    state = '{"deployment": {"resources": [{"urn": "stack"}, {"urn": "table", "id": "brandlens-dev-jobs"}]}}'
    _does(cli, f"""[ "$*" = "stack export --non-interactive --stack dev" ] && echo '{state}'""")
    assert stack_resource_ids("dev") == {"brandlens-dev-jobs"}


def test_a_stack_that_was_just_made_has_made_nothing(cli: Path) -> None:
    _does(cli, """echo '{"version": 3, "deployment": {}}'""")
    assert stack_resource_ids("dev") == frozenset()

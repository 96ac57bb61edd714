"""`brandlens events`: the events that consumers receive, as they arrive."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import interruptible, out, say, shown_name

app = typer.Typer(no_args_is_help=True)
_POLL_SECONDS = 1.0


@app.callback()
def events() -> None:
    """The events that consumers receive."""


@app.command()
def tail(
    since: Annotated[float, typer.Option(min=0, help="Begin with events this many minutes old.")] = 0,
    follow: Annotated[bool, typer.Option(help="Wait for more until interrupted.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print each event as one line of JSON.")] = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Print result events as they arrive."""
    log = open_cloud(env).event_log
    start = datetime.now(UTC) - timedelta(minutes=since)
    if follow:
        say("Waiting for events; Ctrl-C ends")
    with interruptible("Ended"):
        while True:
            for event in log.since(start):
                if as_json:
                    typer.echo(json.dumps(event, ensure_ascii=False))
                else:
                    out.print(line(event), soft_wrap=True)
            if not follow:
                return
            time.sleep(_POLL_SECONDS)


def line(event: dict[str, Any]) -> str:
    """One event as one line: when, what, for which project and file, and what came of it."""
    detail = event["detail"]
    file = shown_name((detail.get("source") or {}).get("key", detail.get("model_arn", "")))
    columns = (
        event["time"],
        f"{event['detail-type']:<20}",
        detail.get("project") or "-",
        file,
        _outcome(detail),
    )
    return "  ".join(columns).rstrip()


def _outcome(detail: dict[str, Any]) -> str:
    if error := detail.get("error"):
        return f"{error['code']}: {error['message']}"
    if "scores" in detail:
        return f"F1 {detail['scores']['f1']:.3f}, {'used' if detail['active'] else detail['reason']}"
    if "brands" not in detail:
        return ""
    found = [
        brand["label"]
        if brand["on_screen_seconds"] is None
        else f"{brand['label']} {brand['on_screen_seconds']:.1f} s"
        for brand in detail["brands"]
    ]
    return ", ".join(found) or "no brand found"

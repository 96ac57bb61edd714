"""`brandlens dead-letters`: events that no function could deal with, and their delivery once more."""

from datetime import UTC, datetime

import typer

from brandlens.adapters.dead_letters import LambdaFunctions, SqsDeadLetters
from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import ago, make_table, out, print_json, say
from brandlens.cli.jobs import AsJson
from brandlens.dead_letters import DeadLetter, Message, letter_of, redrive
from brandlens.errors import InvalidInput

app = typer.Typer(no_args_is_help=True)


def queue_of(cloud: Cloud) -> SqsDeadLetters:
    return SqsDeadLetters(cloud.outputs.dead_letter_queue_url)


@app.command("list")
def list_letters(as_json: AsJson = False, env: EnvironmentName = LOCAL) -> None:
    """List the events that were given up on: for which function, and why. They stay where they are."""
    queue = queue_of(open_cloud(env))
    messages = list(queue.take())
    for message in messages:
        queue.put_back(message)
    messages.sort(key=lambda message: message.sent_at)
    if as_json:
        print_json([_document(message) for message in messages])
        return
    if not messages:
        say("No event was given up on")
        return
    table = make_table("Since", "Function", "Event", "Why")
    for message in messages:
        letter = _known(message)
        told = (letter.function, letter.what, letter.why) if letter else ("unknown", "unknown", "unknown")
        table.add_row(ago(message.sent_at), *told)
    out.print(table)
    say("Once the cause is mended, `brandlens dead-letters redrive` delivers them again")


@app.command("redrive")
def redrive_letters(env: EnvironmentName = LOCAL) -> None:
    """Deliver each event again to the function it was for. One that fails again comes back to the list."""
    cloud = open_cloud(env)
    delivered = kept = 0
    for done in redrive(
        queue_of(cloud),
        LambdaFunctions(),
        prefix=cloud.outputs.rekognition_project_prefix,
        before=datetime.now(UTC),
    ):
        if done.kept is None and done.letter is not None:
            delivered += 1
            out.print(f"{done.letter.what} delivered to {done.letter.function}", soft_wrap=True)
        else:
            kept += 1
            say(f"Left in the queue: {done.kept}")
    say(f"{delivered} delivered, {kept} left" if delivered or kept else "No event was given up on")
    if kept:
        raise typer.Exit(1)


def _known(message: Message) -> DeadLetter | None:
    try:
        return letter_of(message)
    except InvalidInput:
        return None


def _document(message: Message) -> dict[str, object]:
    """Tell of a message without its event, which may be long."""
    letter = _known(message)
    return {
        "id": message.id,
        "sent_at": message.sent_at,
        "function": letter and letter.function,
        "event": letter and letter.what,
        "why": letter and letter.why,
    }

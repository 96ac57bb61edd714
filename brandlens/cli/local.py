"""`brandlens local`: the whole system on this machine."""

from typing import Annotated

import typer

from brandlens.cli.cloud import local_cloud
from brandlens.cli.console import interruptible, make_table, out, print_json, progress, say
from brandlens.cli.jobs import AsJson

app = typer.Typer(no_args_is_help=True)


@app.command()
def up(as_json: AsJson = False) -> None:
    """Start the local cloud and deploy the Pulumi program into it, or bring both up to date.

    A training takes 240 seconds, or what BRANDLENS_TRAINING_SECONDS said when the cloud was started.
    """
    again = "Stopped what this command had started; run it again to go on"
    with interruptible(again), progress() as report:
        running = local_cloud().up(report)
    if as_json:
        print_json({"environment": running.environment, "outputs": dict(running.outputs)})
        return
    say(
        f"The local cloud is up. Drop files into s3://{running.outputs['media_bucket']}/inbox/<project>/analyze/"
    )
    if user := running.portal_user:
        say(f"The portal is at {running.outputs['portal_url']}")
        say(f"Sign in as {user.email} with the password {user.password}")
    say("For the AWS CLI and any SDK:")
    for name, value in running.environment.items():
        typer.echo(f"export {name}={value}")


@app.command()
def down() -> None:
    """Stop the local cloud; what it holds is kept, and what it works at goes on with the next `up`."""
    with progress() as report:
        local_cloud().down(report)
    say("The local cloud is down; `brandlens local up` brings it back, and goes on where it was")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Tell what runs, where, since when, how large."""
    now = local_cloud().status()
    if as_json:
        print_json(now)
        return
    table = make_table("Process", "State", "Address", "Since", "Memory")
    for process in now.processes:
        state = f"running (pid {process.pid})" if process.pid else "not running"
        if process.died:
            state = f"ended by itself (pid {process.died}): see {process.log}"
        address = f"127.0.0.1:{process.port}" if process.pid else ""
        since = f"{process.since.astimezone():%Y-%m-%d %H:%M:%S}" if process.since else ""
        memory = f"{process.memory_bytes / 1e6:.0f} MB" if process.pid else ""
        table.add_row(process.name, state, address, since, memory)
    out.print(table)
    out.print(
        f"{now.resources} resources, {now.disk_bytes / 1e6:.0f} MB in {now.home}",
        highlight=False,
        soft_wrap=True,
    )
    if not now.is_up:
        say("Start it with `brandlens local up`")


@app.command()
def logs(lines: Annotated[int, typer.Option(min=1, help="How many of each.")] = 50) -> None:
    """Show the last lines of each process's log, the functions' among them."""
    for name, last in local_cloud().logs(lines=lines).items():
        out.print(f"== {name}", style="bold")
        for line in last:
            out.print(line, soft_wrap=True)


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Stop the local cloud and forget everything in it: files, results, projects, models."""
    if not yes:
        typer.confirm("Forget all files, results, projects and models in it?", abort=True, err=True)
    with progress() as report:
        local_cloud().reset(report)
    say("Forgotten; `brandlens local up` begins from nothing")

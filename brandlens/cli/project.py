"""`brandlens project`: the brands to look for and the model that does."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from rich.text import Text

from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import make_table, out, print_fields, print_json, say
from brandlens.cli.jobs import AsJson
from brandlens.errors import NotFound
from brandlens.project_deletion import require_nothing_at_work
from brandlens.projects import validated_labels, validated_name

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The project's name.")]


@app.command()
def create(
    name: Name,
    labels: Annotated[str, typer.Option(help="The brands, separated by commas.")],
    label_type: Annotated[
        Literal["object", "concept"], typer.Option("--type", help="Boxes, or the whole picture.")
    ] = "object",
    detector: Annotated[
        Literal["rekognition", "embedded"], typer.Option(help="What finds the brands.")
    ] = "rekognition",
    min_f1: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="The least F1 on test pictures for a model to be used; 0 is never enough."
        ),
    ] = 0.0,
    env: EnvironmentName = LOCAL,
) -> None:
    """Make a project."""
    validated = validated_labels(labels.split(","))
    open_cloud(env).projects.create(
        validated_name(name),
        validated,
        label_type=label_type,
        detector=detector,
        min_f1=min_f1,
        now=datetime.now(UTC),
    )
    say(f"Project {name} is made, for {', '.join(validated)}")
    say(f"Teach it with `brandlens train {name} FOLDER --annotations FILE`")


@app.command("list")
def list_projects(as_json: AsJson = False, env: EnvironmentName = LOCAL) -> None:
    """List the projects."""
    projects = open_cloud(env).projects.list()
    if as_json:
        print_json(list(projects))
        return
    if not projects:
        say("No project yet. Make one with `brandlens project create NAME --labels A,B`")
        return
    table = make_table("Project", "Brands", "Model")
    for project in projects:
        model = project.active_model
        table.add_row(
            project.name, ", ".join(project.labels), model.version if model else Text("not trained", "dim")
        )
    out.print(table)


@app.command()
def show(name: Name, as_json: AsJson = False, env: EnvironmentName = LOCAL) -> None:
    """Show one project."""
    project = open_cloud(env).projects.get(name)
    if project is None:
        raise _missing(name)
    if as_json:
        print_json(project)
    else:
        print_fields(project, f"Project {name}")


@app.command()
def delete(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Delete a project that has nothing at work. Its files, results and trained models stay."""
    cloud = open_cloud(env)
    if cloud.projects.get(name) is None:
        raise _missing(name)
    served = RekognitionTrainer().versions(f"{cloud.outputs.rekognition_project_prefix}{name}")
    require_nothing_at_work(name, cloud.jobs.oldest_unfinished(project=name), served)
    if not yes:
        typer.confirm(
            f"Delete project {name}? Files dropped for it from now on are refused.", abort=True, err=True
        )
    cloud.projects.delete(name)
    say(f"Project {name} is deleted; its files, results and trained models stay")


def _missing(name: str) -> NotFound:
    return NotFound(
        f"Project {name} is not known", "no project has that name", "See `brandlens project list`"
    )

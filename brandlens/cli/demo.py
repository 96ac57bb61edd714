"""`brandlens demo`: the whole product on this machine, with material of its own whose truth is known."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from brandlens.adapters.transfer import Transfer
from brandlens.cli.cloud import LOCAL, Cloud, open_cloud
from brandlens.cli.console import Reporter, interruptible, make_table, out, progress, say
from brandlens.cli.dropping import drop, plan_drops
from brandlens.cli.fetching import download_results, read_analysis
from brandlens.cli.follow import all_succeeded, follow
from brandlens.cli.tables import print_analyses
from brandlens.cli.train import begin_training, planned, wait_for_training
from brandlens.errors import ModelFailed
from brandlens.exposure.wording import certainty, percent
from brandlens.jobs import JobRecord
from brandlens.results import Analysis
from local import cloud as local_cloud
from local.demo.material import DemoMaterial, ensure
from local.demo.truth import PicturesTruth, VideoTruth
from local.home import Home, default_home

PROJECT = "demo"
_FIGURES = ("Found (s)", "True (s)", "Share found", "Share true", "Confidence", "Appearances")


def demo() -> None:
    """Start the local cloud, teach it brands, analyze a video and pictures, and compare with the truth."""
    begun = time.monotonic()
    say("brandlens demo: the whole system on this machine. Ctrl-C stops it; run it again to go on.")
    with interruptible("Stopped, nothing runs. Run the demo again to go on where it was"):
        try:
            succeeded = _run(default_home())
        except KeyboardInterrupt:
            with progress() as report:
                local_cloud.down(report)
            raise
    seconds = time.monotonic() - begun
    say(f"Done in {seconds:.0f} s. The local cloud stays up; `brandlens local down` stops it")
    raise typer.Exit(0 if succeeded else 1)


def _run(home: Home) -> bool:
    with progress() as report:
        local_cloud.up(report)
        material = ensure(
            home.path.parent / "demo",
            lambda done, total, _words: report("Making the demo's material", done, total),
        )
        cloud = open_cloud(LOCAL)
        _teach(cloud, material, report)
        dropped = drop(plan_drops([material.video, material.pictures], PROJECT), _media(cloud), report)
        records = follow(cloud.jobs, {each.job_id: each.path.name for each in dropped}, report)
    _tell(cloud, material, records, home)
    return all_succeeded(records)


def _media(cloud: Cloud) -> Transfer:
    return Transfer(cloud.outputs.media_bucket)


def _teach(cloud: Cloud, material: DemoMaterial, report: Reporter) -> None:
    project = cloud.projects.get(PROJECT)
    if project is None:
        cloud.projects.create(
            PROJECT,
            material.labels,
            label_type="object",
            detector="rekognition",
            min_f1=0,
            now=datetime.now(UTC),
        )
    batch = planned(cloud, PROJECT, [material.training_dir], material.annotations)
    record = wait_for_training(cloud, begin_training(cloud, PROJECT, batch, report), report)
    if record.error:
        raise ModelFailed(
            "The demo's brands could not be taught",
            f"{record.error.code}: {record.error.message.rstrip('.')}",
            f"See `brandlens jobs show {record.job_id}`",
        )


def _tell(cloud: Cloud, material: DemoMaterial, records: Sequence[JobRecord], home: Home) -> None:
    analyses = {record.job_id: read_analysis(cloud, record) for record in records if record.result}
    by_file = {Path(record.source.key).name: analyses.get(record.job_id) for record in records}
    if video := by_file[material.video.name]:
        _print_video(video, VideoTruth.model_validate_json(material.video_truth.read_bytes()))
    _print_pictures(by_file, PicturesTruth.model_validate_json(material.pictures_truth.read_bytes()))
    if not all_succeeded(records):
        print_analyses([record for record in records if record.state != "SUCCEEDED"], analyses)
    folder = home.path.parent / "results"
    for record in records:
        if record.result:
            download_results(cloud, record, folder)
    _print_places(material, records, folder, home)


def _print_video(found: Analysis, truth: VideoTruth) -> None:
    table = make_table(
        "Brand",
        *_FIGURES,
        numeric=_FIGURES,
        title=f"The video, {truth.duration_seconds:.0f} s of {truth.width}x{truth.height}",
    )
    brands = {brand.label: brand for brand in found.brands}
    for true in sorted(truth.brands, key=lambda brand: -brand.on_screen_seconds):
        brand = brands.pop(true.label, None)
        table.add_row(
            true.label,
            f"{(brand.on_screen_seconds or 0) if brand else 0:.1f}",
            f"{true.on_screen_seconds:.1f}",
            percent(brand.share_of_voice if brand else 0),
            percent(true.share_of_voice),
            certainty(brand.peak_confidence) if brand else "",
            str(brand.appearances if brand else 0),
        )
    out.print(table)
    say(f"True: {truth.rule}.")


def _print_pictures(found: Mapping[str, Analysis | None], truth: PicturesTruth) -> None:
    table = make_table("Picture", "Found", "Missed", "Wrongly found", title="The pictures")
    for name, logos in truth.pictures.items():
        analysis = found.get(name)
        seen = {brand.label for brand in analysis.brands} if analysis else set()
        shown = {logo.label for logo in logos}
        counted = {logo.label for logo in logos if logo.counts}
        table.add_row(
            name,
            *(", ".join(sorted(labels)) or "-" for labels in (seen & shown, counted - seen, seen - shown)),
        )
    out.print()
    out.print(table)


def _print_places(material: DemoMaterial, records: Sequence[JobRecord], folder: Path, home: Home) -> None:
    video = next(record for record in records if record.source.key.endswith(material.video.name))
    places = {
        "Report": folder / video.job_id / "report.html",
        "Results": folder,
        "Event log": home.events,
        "Video": material.video,
    }
    out.print()
    for name, place in places.items():
        out.print(f"{name:<10} {place}", soft_wrap=True)
    out.print()
    say(f"Footage:\n{material.credits}")

"""Serves the state `MakeSprites` of the machine `analysis-video`.

Input: {job, plan}. Writes the sprite sheets of all sampled frames and `sprites.vtt`, which names them, last.
Output: {sheets, tiles}. Errors: `ObjectNotFound`, `InvalidInput`, `Throttled`, `ServiceUnavailable`,
`AccessRefused`.
"""

import os
from dataclasses import dataclass
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.s3 import S3ObjectStore
from brandlens.analysis_plan import AnalysisPlan
from brandlens.jobs import Job, Value, result_prefix
from brandlens.media.sprites import VTT_NAME, plan_sprites, render_sheet, sprites_vtt
from brandlens.ports import ObjectStore
from brandlens.settings import MakeSpritesSettings
from brandlens.workfiles import frame_file, read_sampled
from functions.runtime import entry

FOLDER = "sprites/"


class MakeSprites(Value):
    job: Job
    plan: AnalysisPlan


class Sprites(Value):
    sheets: int
    tiles: int


@dataclass(frozen=True)
class Deps:
    work: ObjectStore
    results: ObjectStore


@cache
def _deps() -> Deps:
    settings = MakeSpritesSettings.read(os.environ)
    return Deps(work=S3ObjectStore(settings.work_bucket), results=S3ObjectStore(settings.results_bucket))


@entry(MakeSprites)
def lambda_handler(event: MakeSprites, _: LambdaContext) -> Sprites:
    return handle(event, _deps())


def handle(event: MakeSprites, deps: Deps) -> Sprites:
    prefix = result_prefix(event.job)
    sprites = plan_sprites(read_sampled(deps.work, prefix), event.plan.media)
    for sheet in sprites.sheets:
        jpeg = render_sheet(sheet, sprites, lambda index: deps.work.read(prefix + frame_file(index)))
        deps.results.write(prefix + FOLDER + sheet.name, jpeg, content_type="image/jpeg")
    text = sprites_vtt(sprites)
    deps.results.write(prefix + FOLDER + VTT_NAME, text.encode(), content_type="text/vtt; charset=utf-8")
    return Sprites(sheets=len(sprites.sheets), tiles=sum(len(sheet.tiles) for sheet in sprites.sheets))

"""Teaches the embedded detector. Only teaching imports torch: this module, those it builds on, and concepts.

In short: hold out a fifth of the pictures by scene, learn from random crops of the rest until the time is up,
ship the running average of the weights, and measure on the held-out pictures which score of each label shall
count as 50 percent confidence.
"""

import warnings
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from brandlens.detect.artifact import Trained
from brandlens.detect.dataset import LabeledImage, check
from brandlens.detect.second_look import LENGTHS
from brandlens.detect.split import split
from brandlens.detect.training.budget import PatientClock, require_time
from brandlens.detect.training.checkpoint import Checkpoint
from brandlens.detect.training.crops import CropSampler
from brandlens.detect.training.export import to_onnx
from brandlens.detect.training.held_out import HeldOut
from brandlens.detect.training.learning import Learner
from brandlens.detect.training.schedule import Schedule, schedule
from brandlens.detect.training.scratch import has_room
from brandlens.detect.training.shipping import ship
from brandlens.detect.training.torch_on import best_device, torch_on
from brandlens.detect.training.validation import Run

Progress = Callable[[int, float, float], None]
"""Called after each step with its number (from 1), its loss and the seconds left until training ends."""

LOOKS = 20
"""How often the held-out loss is taken, at most."""
STEPS_PER_LOOK = 25
"""Steps between two looks, at least: a look costs about as much as two."""
SECONDS_PER_CHECKPOINT = 20.0
LAST_LOSSES = 20
"""Steps whose mean loss is reported as the final one."""


def train(
    images: Sequence[LabeledImage],
    labels: Sequence[str],
    *,
    budget_seconds: float,
    seed: int,
    progress: Progress,
    threads: int,
    checkpoint: Path | None = None,
    warn: Callable[[str], None] = warnings.warn,
    clock: Callable[[], float] | None = None,
) -> Trained:
    """Train a detector of `labels` in about `budget_seconds`, on `threads` threads, or a GPU if there is one.

    A `PatientClock` tells the time, so a busy machine takes longer. The learning rate follows the time, so a
    run is repeated bit by bit only with the same seed, threads and readings (seconds) of a `clock` of one's
    own; on a real one two runs differ a little. It ends early once the held-out
    pictures show no progress. A training that was killed goes on from the folder `checkpoint`, with what
    was left of its time; `brandlens.detect.training.checkpoint.forget` empties it once the model is saved.
    `warn` is told where the disk refuses a state, once, or has no room to make the network small; the
    training goes on without.

    Raises
    ------
    InvalidLabels
        See `brandlens.detect.dataset.check`.
    InvalidSettings
        The budget is not positive; the checkpoint is of another training, used by one that runs, or cannot
        be kept.
    CorruptMedia, MediaTooLarge
        A picture cannot be decoded.
    ModelFailed
        The loss is no longer a number.
    """
    require_time(budget_seconds)
    check(images, labels)
    plan = schedule(budget_seconds)
    settings = {"budget_seconds": budget_seconds, "seed": seed}
    kept = None if checkpoint is None else Checkpoint(checkpoint, images, labels, settings, warn=warn)
    parts = split(images, seed=seed, most=plan.validation_pictures)
    device = best_device()
    with kept.claim() if kept else nullcontext(), torch_on(threads, seed=seed):
        sampler = CropSampler(parts.learning, labels, side=plan.crop_side, seed=seed)
        held_out = HeldOut(
            parts.validation, labels, side=plan.crop_side, seed=seed, batch=plan.batch, device=device
        )
        with Learner(sampler, len(labels), plan, device) as learner:
            course = _learn(
                learner,
                held_out,
                plan,
                kept=kept,
                budget_seconds=budget_seconds,
                clock=clock or PatientClock(),
                progress=progress,
            )
        held_out.restore_best(learner.averaged)
        network = to_onnx(learner.averaged.cpu())
        run = Run(
            steps=course.step, seconds=course.elapsed, seed=seed, final_loss=float(np.mean(course.losses))
        )
        small = plan.small and has_room(warn)
        return ship(network, parts, labels, run, small=small, second_looks=LENGTHS, threads=threads)


@dataclass(slots=True)
class _Course:
    """How far the learning is. `elapsed` is in seconds, `looked_at` a share of the time to learn."""

    step: int = 0
    elapsed: float = 0.0
    losses: list[float] = field(default_factory=list)
    looked_at: float = 0.0
    looked_step: int = 0


def _learn(
    learner: Learner,
    held_out: HeldOut,
    plan: Schedule,
    *,
    kept: Checkpoint | None,
    budget_seconds: float,
    clock: Callable[[], float],
    progress: Progress,
) -> _Course:
    """Learn until the time is up or nothing is gained, from where a kept training was."""
    course = _Course()
    if kept is not None and (state := kept.load(learner.device)) is not None:
        course = _Course(**state["course"])
        learner.restore(state["learner"])
        held_out.restore(state["held_out"])
    started = clock() - course.elapsed
    keep_at = course.elapsed + SECONDS_PER_CHECKPOINT
    gaining = True
    while gaining and (course.elapsed < plan.learning_seconds or course.step == 0):
        share = course.elapsed / plan.learning_seconds
        course.losses = [*course.losses[1 - LAST_LOSSES :], learner.step(share)]
        course.step += 1
        if share >= course.looked_at + 1 / LOOKS and course.step >= course.looked_step + STEPS_PER_LOOK:
            gaining = held_out.look(learner.averaged, share)
            course.looked_at, course.looked_step = share, course.step
        progress(course.step, course.losses[-1], max(0.0, budget_seconds - (clock() - started)))
        course.elapsed = clock() - started
        if kept is not None and course.elapsed >= keep_at:
            state = {"course": asdict(course), "learner": learner.state(), "held_out": held_out.state()}
            kept.save(state)
            keep_at = course.elapsed + SECONDS_PER_CHECKPOINT
    if gaining and course.step >= STEPS_PER_LOOK:
        held_out.look(learner.averaged, 1.0)
    return course

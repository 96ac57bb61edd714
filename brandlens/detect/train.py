"""Teaches the embedded detector. The only modules that import torch are this one and those it builds on.

In short: hold out a fifth of the pictures by scene, learn from random crops of the rest until the time is up,
ship the running average of the weights, and measure on the held-out pictures which score of each label shall
count as 50 percent confidence.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from brandlens.detect import validation
from brandlens.detect.artifact import Trained
from brandlens.detect.crops import Crop, CropSampler
from brandlens.detect.dataset import LabeledImage, check
from brandlens.detect.export import to_onnx
from brandlens.detect.loss import BOX_WEIGHT, box_loss, heat_loss
from brandlens.detect.network import Network
from brandlens.detect.schedule import Schedule, rate_factor, schedule
from brandlens.detect.split import split
from brandlens.errors import InvalidSettings, ModelFailed

Progress = Callable[[int, float, float], None]
"""Called after each step with its number (from 1), its loss and the seconds left until training ends."""

LONGEST_MEMORY = 0.998
"""Decay per step of the running average of the weights, reached slowly: early weights are soon forgotten."""
WEIGHT_DECAY = 1e-4
LARGEST_GRADIENT = 10.0


def train(
    images: Sequence[LabeledImage],
    labels: Sequence[str],
    *,
    budget_seconds: float,
    seed: int,
    progress: Progress,
    threads: int,
    clock: Callable[[], float] = time.monotonic,
) -> Trained:
    """Train a detector of `labels` in about `budget_seconds`, on `threads` threads.

    The learning rate follows the time, so a run is repeated bit by bit only with the same seed, threads and
    `clock` readings (seconds); on a real clock two runs differ a little.

    Raises
    ------
    InvalidLabels
        See `brandlens.detect.dataset.check`.
    InvalidSettings
        The budget is not positive.
    CorruptMedia, MediaTooLarge
        A picture cannot be decoded.
    ModelFailed
        The loss is no longer a number.
    """
    if budget_seconds <= 0:
        raise InvalidSettings(
            "Cannot train a detector",
            f"a budget of {budget_seconds} seconds is no time",
            "Give it 60 seconds or more",
        )
    started = clock()
    check(images, labels)
    plan = schedule(budget_seconds)
    parts = split(images, seed=seed, most=plan.validation_pictures)
    with _torch(threads, seed):
        sampler = CropSampler(parts.learning, labels, side=plan.crop_side, seed=seed)

        def report(step: int, loss: float) -> None:
            progress(step, loss, max(0.0, budget_seconds - (clock() - started)))

        network, steps, loss = _learn(sampler, len(labels), plan, clock=clock, report=report)
        onnx = to_onnx(network)
        seconds = clock() - started
    run = validation.Run(steps=steps, seconds=seconds, seed=seed, final_loss=loss)
    return Trained(onnx, validation.describe(onnx, parts, labels, run, threads=threads))


def _learn(
    sampler: CropSampler,
    label_count: int,
    plan: Schedule,
    *,
    clock: Callable[[], float],
    report: Callable[[int, float], None],
) -> tuple[Network, int, float]:
    """Learn until the time is up; return the averaged network, the steps and the last steps' mean loss."""
    network = Network(label_count)
    network.backbone.freeze(plan.frozen_blocks)
    optimizer = _optimizer(network, plan)
    peaks = [group["lr"] for group in optimizer.param_groups]
    averaged = AveragedModel(network, avg_fn=_forgetful_mean, use_buffers=True)
    started, step = clock(), 0
    losses: list[float] = []
    with ThreadPoolExecutor(1, thread_name_prefix="crops") as pool:
        # The next batch is drawn while this one is learned from.
        upcoming = pool.submit(_batch, sampler, plan.batch)
        while (elapsed := clock() - started) < plan.learning_seconds or step == 0:
            batch, upcoming = upcoming.result(), pool.submit(_batch, sampler, plan.batch)
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * rate_factor(elapsed / plan.learning_seconds)
            loss = _step(network, optimizer, batch)
            averaged.update_parameters(network)
            step += 1
            losses = [*losses[-19:], loss]
            report(step, loss)
    assert isinstance(averaged.module, Network)
    return averaged.module, step, float(np.mean(losses))


def _step(network: Network, optimizer: torch.optim.Optimizer, batch: dict[str, Tensor]) -> float:
    logits, distances = network(batch["pictures"])
    loss = heat_loss(logits, batch["heat"], batch["asked"])
    loss = loss + BOX_WEIGHT * box_loss(distances, batch["sides"], batch["weight"])
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
    optimizer.step()
    value = float(loss.detach())
    if not math.isfinite(value):
        raise ModelFailed(
            "Cannot train the detector", "its loss is no longer a number", "Train with another seed"
        )
    return value


def _batch(sampler: CropSampler, size: int) -> dict[str, Tensor]:
    crops: list[Crop] = [sampler.draw() for _ in range(size)]
    # Rows of pixels as they come are what convolutions call channels_last, their faster layout.
    pictures = torch.from_numpy(np.stack([crop.pixels for crop in crops])).permute(0, 3, 1, 2).float()
    targets = {
        name: torch.from_numpy(np.stack([getattr(crop.targets, name) for crop in crops]))
        for name in ("heat", "sides", "weight", "asked")
    }
    return {"pictures": pictures, **targets}


def _optimizer(network: Network, plan: Schedule) -> torch.optim.Optimizer:
    backbone = {id(parameter) for parameter in network.backbone.parameters()}
    return torch.optim.AdamW(
        [
            {
                "params": [p for p in network.parameters() if id(p) in backbone and p.requires_grad],
                "lr": plan.backbone_rate,
            },
            {"params": [p for p in network.parameters() if id(p) not in backbone], "lr": plan.head_rate},
        ],
        weight_decay=WEIGHT_DECAY,
    )


def _forgetful_mean(average: Tensor, current: Tensor, count: Tensor | int) -> Tensor:
    """Move the average towards `current`; `count` is how many it is of already."""
    memory = min(LONGEST_MEMORY, (1.0 + float(count)) / (10.0 + float(count)))
    return average + (current - average) * (1.0 - memory)


@contextmanager
def _torch(threads: int, seed: int) -> Iterator[None]:
    """Set torch's threads and random state, and put both back as they were."""
    before = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(threads)
        try:
            yield
        finally:
            torch.set_num_threads(before)

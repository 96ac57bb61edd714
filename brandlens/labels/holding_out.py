"""Which pictures are held out to test with, decided from their labels and groups alone."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

TEST_SHARE = 0.2
"""Part of the labeled pictures that is held out."""


def held_out(labels: Sequence[Collection[str]], groups: Sequence[str]) -> set[int]:
    """Pick whole groups to test on: first one for each label, then until the share is reached.

    Parameters
    ----------
    labels
        Those of each picture; none for a negative.
    groups
        The group of each picture, in the same order.

    Returns
    -------
    Places of the pictures held out; the same pictures give the same. A group is left in training where a
    label would keep less than half of its pictures there, so there may be none.
    """
    members: dict[str, list[int]] = defaultdict(list)
    shown_in: dict[str, Counter[str]] = defaultdict(Counter)
    labeled_in: Counter[str] = Counter()
    of_label: Counter[str] = Counter()
    for place, (group, shown) in enumerate(zip(groups, labels, strict=True)):
        members[group].append(place)
        shown_in[group].update(set(shown))
        labeled_in[group] += bool(shown)
        of_label.update(set(shown))
    # Small groups first, so that testing a label costs training little; a hash breaks ties without favour.
    ordered = sorted(
        members, key=lambda group: (len(members[group]), hashlib.sha256(group.encode()).digest())
    )
    picked: set[str] = set()
    held: Counter[str] = Counter()

    def may_hold(group: str) -> bool:
        return group not in picked and all(
            2 * (held[label] + count) <= of_label[label] for label, count in shown_in[group].items()
        )

    def hold(group: str) -> None:
        picked.add(group)
        held.update(shown_in[group])

    for label in sorted(of_label):
        if not held[label]:
            found = next((group for group in ordered if shown_in[group][label] and may_hold(group)), None)
            if found is not None:
                hold(found)
    wanted = TEST_SHARE * sum(labeled_in.values())
    tested = sum(labeled_in[group] for group in picked)
    for group in ordered:
        if tested >= wanted:
            break
        if may_hold(group):
            hold(group)
            tested += labeled_in[group]
    return {place for group in picked for place in members[group]}

"""Which pictures are held out to test with, decided from their labels and groups alone."""

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Sequence

TEST_SHARE = 0.2
"""Part of the labeled pictures that is held out."""
_NEGATIVE = ""
"""What a picture without labels shows, in a label's place: no label is empty."""


def held_out(labels: Sequence[Collection[str]], groups: Sequence[str]) -> set[int]:
    """Pick whole groups to test on: first one for each label, then until the share is reached.

    What is tested least for how much there is of it comes next, a label or the negatives, so that each is
    held out in the same share as far as groups allow.

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
    within: dict[str, Counter[str]] = defaultdict(Counter)
    labeled_in: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for place, (group, shown) in enumerate(zip(groups, labels, strict=True)):
        kinds = set(shown) or {_NEGATIVE}
        members[group].append(place)
        within[group].update(kinds)
        labeled_in[group] += bool(shown)
        there.update(kinds)
    # Small groups first, so that testing a label costs training little; a hash breaks ties without favour.
    ordered = sorted(
        members, key=lambda group: (len(members[group]), hashlib.sha256(group.encode()).digest())
    )
    waiting: dict[str, deque[str]] = {kind: deque() for kind in sorted(there)}
    for group in ordered:
        for kind in within[group]:
            waiting[kind].append(group)
    picked: set[str] = set()
    held: Counter[str] = Counter()

    def may_hold(group: str) -> bool:
        return group not in picked and all(
            2 * (held[kind] + count) <= there[kind]
            for kind, count in within[group].items()
            if kind != _NEGATIVE
        )

    def hold_one(kind: str) -> int:
        """Hold the next group that shows `kind`; return how many labeled pictures it has."""
        while waiting[kind]:
            # One that may not be held now may not be later either.
            if may_hold(group := waiting[kind].popleft()):
                picked.add(group)
                held.update(within[group])
                return labeled_in[group]
        del waiting[kind]
        return 0

    tested = sum(hold_one(label) for label in sorted(there) if label != _NEGATIVE and not held[label])
    wanted = TEST_SHARE * sum(labeled_in.values())
    while waiting and tested < wanted:
        tested += hold_one(min(waiting, key=lambda kind: (held[kind] / there[kind], kind)))
    return {place for group in picked for place in members[group]}

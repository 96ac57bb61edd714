import pytest

from brandlens.cli.cost_tables import print_costs, print_items, print_quotes
from brandlens.cli.quoting import QuotedFile
from brandlens.cost import added_up, published_prices
from brandlens.cost.budget import Spending
from brandlens.cost.quote import Looker, quote
from brandlens.results import Cost, CostItem
from tests.spending import cost
from tests.unit.cost.test_quote import TERMS, video

LOOKER = Looker(detector="rekognition", frames_per_second=4.0)


def quoted(name: str, seconds: int) -> QuotedFile:
    return QuotedFile(file=name, quote=quote(video(seconds), LOOKER, TERMS, published_prices()))


def test_quotes_are_shown_by_file_and_for_all_with_what_they_rest_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quotes = [quoted("a[red].mp4", 500), quoted("b.mp4", 1500)]
    total = added_up(each.quote.cost for each in quotes)
    print_quotes(quotes, total, LOOKER, TERMS)
    shown = capsys.readouterr().out
    rows = [line.split() for line in shown.splitlines()]
    assert rows[1][:3] == ["a[red].mp4", "1,000", "1,000"]
    assert rows[2][:3] == ["b.mp4", "3,000", "3,000"]
    assert rows[3][:3] == ["All", "4,000", "4,000"]
    assert rows[3][-1] == f"${total.estimated_usd:,.2f}"
    assert "2 frames a second are taken" in shown
    assert "taken to look at 2 frames a second or more, 0.5 times the 4 measured: on a slower model" in shown
    assert "Each file has 2 inference units for that time, for 60 seconds around it and for 5" in shown
    assert f"By AWS's published prices for us-east-1, recorded {published_prices().recorded}." in shown


def test_a_single_quote_has_no_row_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    one = quoted("a.mp4", 500)
    print_quotes([one], one.quote.cost, LOOKER, TERMS)
    table, _, _ = capsys.readouterr().out.partition("\n\n")
    assert len(table.splitlines()) == 2


def test_costs_are_shown_by_job_and_by_item(capsys: pytest.CaptureFixture[str]) -> None:
    spendings = [Spending(job_id=job, cost=cost(usd)) for job, usd in (("j1", 1.5), ("j2", 0.25))]
    print_costs(spendings)
    print_items(added_up(each.cost for each in spendings))
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["j1", "$1.50"] in rows
    assert ["work", "1.75", "dollars", "$1.75"] in rows
    assert ["By", "what", "tests", "charge."] in rows


@pytest.mark.parametrize(
    ("unit", "shown"), [("requests", "1,018"), ("state transitions", "1,018"), ("GB-seconds", "1,017.3333")]
)
def test_what_comes_whole_is_shown_whole_and_never_as_less(
    capsys: pytest.CaptureFixture[str], unit: str, shown: str
) -> None:
    item = CostItem(name="work", quantity=1017 + 1 / 3, unit=unit, usd=1)
    print_items(Cost(estimated_usd=1, items=(item,)))
    assert capsys.readouterr().out.split("\n")[1].split()[:2] == ["work", shown]

"""What a page downloads of ours stays small: the budgets of `make bench`, kept by `make test`."""

from tests.bench import sizes
from tests.bench.report import Report


def test_what_a_browser_downloads_keeps_its_budgets() -> None:
    report = Report()

    sizes.measure(report)

    assert report.missed == []

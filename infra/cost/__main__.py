"""`make cost`: meters every act anew, writes metered.json and docs/costs.md, prints the report."""

import sys

from tests.support import environment


def main() -> int:
    """0 when the first targets are met."""
    environment.apply()
    from infra.cost import bill, meter, metered, report  # they read the environment
    from infra.cost.model import Model

    with meter.laid():
        found = meter.meter()
    metered.save(found)
    case = bill.Case(metered=found, model=Model(), deployment=bill.deployment())
    text = report.markdown(case)
    report.FILE.write_text(text)
    sys.stdout.write(text)
    return 0 if report.met(case) else 1


if __name__ == "__main__":
    sys.exit(main())

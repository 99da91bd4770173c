"""The journal's format."""

from pathlib import Path

from infra.local.journal import Journal, Record, read


def _record(number: int) -> Record:
    return Record(
        at=1_700_000_000.123456 + number,
        sequence=number,
        account="000000000000",
        region="eu-central-1",
        target="DynamoDB_20120810.PutItem",
        body=b'{"line": "one\ntwo", "n": %d}' % number,
    )


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    records = [_record(number) for number in range(5)]

    for record in records:
        journal.append(record)

    assert list(read(tmp_path / "journal")) == records
    assert journal.size == (tmp_path / "journal").stat().st_size
    journal.close()


def test_a_torn_last_record_is_left_out_wherever_it_was_torn(tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    journal = Journal(whole)
    journal.append(_record(1))
    kept = journal.size
    journal.append(_record(2))
    journal.close()

    for end in range(kept, journal.size):
        torn.write_bytes(whole.read_bytes()[:end])
        assert list(read(torn)) == [_record(1)]


def test_a_damaged_record_ends_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.append(_record(1))
    journal.append(_record(2))
    journal.close()
    damaged = bytearray(path.read_bytes())
    damaged[-3] ^= 1

    path.write_bytes(damaged)

    assert list(read(path)) == [_record(1)]


def test_no_journal_is_an_empty_one(tmp_path: Path) -> None:
    assert list(read(tmp_path / "absent")) == []

"""What is written as cells reads back as the same objects."""

from hypothesis import given, settings
from tests.strategies import Queue, queues

from caserouter.domain.account import Account
from caserouter.domain.case import Case
from caserouter.domain.specialist import Specialist
from caserouter.files.readers import read_accounts, read_cases, read_specialists
from caserouter.files.rows import account_row, case_row, specialist_row
from caserouter.files.writers import write_table

SUFFIXES = (".csv", ".tsv", ".json", ".jsonl")


@given(queue=queues())
@settings(max_examples=30, deadline=None)
def test_tables_survive_a_round_trip_in_every_format(tmp_path_factory, queue: Queue):
    folder = tmp_path_factory.mktemp("round")
    for suffix in SUFFIXES:
        cases, specialists, accounts = (folder / f"{name}{suffix}" for name in ("cases", "specialists", "accounts"))
        write_table(cases, [case_row(case) for case in queue.cases], list(Case.model_fields))
        write_table(specialists, [specialist_row(person) for person in queue.specialists], list(Specialist.model_fields))
        write_table(accounts, [account_row(account) for account in queue.accounts], list(Account.model_fields))
        assert read_cases(cases).items == queue.cases
        assert read_specialists(specialists).items == queue.specialists
        assert read_accounts(accounts).items == queue.accounts


def test_every_kind_of_cell_survives_a_round_trip(tmp_path):
    specialist = Specialist.model_validate(
        {
            "id": "S-1",
            "name": "-Ana =Lund",
            "role": "manager",
            "capacity": 9,
            "credentials": [{"kind": "series_7", "jurisdictions": ["NY", "NJ"], "valid_until": "2026-12-31"}, {"kind": "hipaa"}],
            "authority": {"refund": "1500.50 USD", "credit": "unlimited"},
            "held_cases": [{"id": "C:1", "weight": 3}],
            "shifts": "Mon, Wed 22:00-06:00; Sat 10:00-14:00",
            "blocks": "Mon 22:00-23:00; Sat 13:00-14:00",
            "leave": "2026-12-01..2026-12-05; 2026-12-24",
            "intake": {"limit": 3, "window_hours": 12.5, "used": 1},
            "cost_per_hour": "52 USD",
        }
    )
    case = Case.model_validate(
        {
            "id": "C-1",
            "created": "2026-03-01T10:00:00.25Z",
            "required_credentials": ["series_6|series_7@NY", "hipaa@any"],
            "commitments": [{"due": "2026-03-02T10:00Z", "note": "call back, please"}, {"due": "2026-03-03T10:00Z"}],
            "risk_flags": ["legal", "media"],
        }
    )
    write_table(tmp_path / "s.csv", [specialist_row(specialist)])
    write_table(tmp_path / "c.csv", [case_row(case)])
    assert read_specialists(tmp_path / "s.csv").items == (specialist,)
    assert read_cases(tmp_path / "c.csv").items == (case,)

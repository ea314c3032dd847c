"""Who is on the roster, as commands know it."""

from tests.store.histories import put_specialist

from caserouter.store.people import people_by_id, person_of


def test_a_person_has_the_name_that_is_kept_apart(database):
    with database.exclusive() as transaction:
        put_specialist(transaction)
        found = person_of(transaction.connection, "ann")
        assert (found.id, found.specialist.name, found.active, found.presence) == ("ann", "Ann Lee", True, "online")
        assert person_of(transaction.connection, "zoe") is None


def test_more_people_may_be_asked_for_than_a_statement_names(database):
    """PostgreSQL takes 65,535 parameters; a file of specialists may have more rows."""
    with database.exclusive() as transaction:
        for name in ("ann", "bo"):
            put_specialist(transaction, name)
        assert set(people_by_id(transaction.connection, ["ann", *map(str, range(70_000))])) == {"ann"}
        assert set(people_by_id(transaction.connection, ["ann"])) == {"ann"}
        assert set(people_by_id(transaction.connection)) == {"ann", "bo"}

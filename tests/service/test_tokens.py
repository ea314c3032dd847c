"""Tokens and scopes of API keys."""

import re

import pytest

from caserouter.domain.errors import InvalidInput
from caserouter.service.commands.keys import scopes_named
from caserouter.service.tokens import Scope, make_token, token_digest


def test_a_token_holds_256_random_bits_behind_its_prefix():
    token = make_token()
    assert re.fullmatch(rf"cr_{token.prefix}_[0-9a-f]{{64}}", token.text)
    assert make_token().text != token.text


def test_a_digest_tells_nothing_but_whether_a_token_is_the_same():
    token = make_token()
    assert token.digest == token_digest(token.text)
    assert token.prefix not in token.digest


def test_scopes_are_read_by_name_in_their_usual_order():
    assert scopes_named(["manage", "route"]) == (Scope.ROUTE, Scope.MANAGE)


def test_an_unknown_scope_is_refused():
    with pytest.raises(InvalidInput, match=r"^admin: not a scope; use route, read, manage, supervise$"):
        scopes_named(["admin"])


def test_a_key_without_a_scope_is_refused():
    with pytest.raises(InvalidInput, match="no scope: such a key would open nothing"):
        scopes_named([])

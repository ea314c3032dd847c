"""Jurisdictions: the codes that licences are issued for, and the one way of writing each.

United States, their district and territories go by their postal code (``NY``), every other country by its ISO 3166 code
(``FR``), subdivisions elsewhere by theirs (``CA-ON``). ``US-NY`` and ``ny`` are read as ``NY``. A two-letter code that is
both a state and a country, such as ``CA`` or ``DE``, is the same code; a file that needs both writes one of them as a name
of its own and lists that name in the policy.
"""

import re
from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import AfterValidator

from caserouter.domain.model import Name

ANY: Literal["any"] = "any"
"""The jurisdiction of a credential that is valid everywhere, as HIPAA training is."""

US_CODES = frozenset(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC
    SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI
    """.split()
)
"""Postal codes of the states, the District of Columbia and the territories."""

COUNTRY_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
    CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
    SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
    VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
"""ISO 3166-1 codes of countries."""

CODES = US_CODES | COUNTRY_CODES
"""Every built-in code without a hyphen."""

_SUBDIVISION = re.compile(r"([A-Z]{2})-([A-Z0-9]{1,3})")


def known(code: str, extra: Collection[str] = ()) -> bool:
    """Whether `code` is built in, a subdivision of a known country, or one of the `extra` names of the policy."""
    if code in extra or code in CODES:
        return True
    subdivision = _SUBDIVISION.fullmatch(code)
    return subdivision is not None and subdivision[1] in COUNTRY_CODES - {"US"}


def canonical(code: str) -> str:
    """The one way of writing `code`: ``NY`` for ``US-NY`` and ``ny``; a name that is not built in stays as it is."""
    upper = code.upper()
    if upper == "ANY":
        return ANY
    if upper.removeprefix("US-") in US_CODES:
        return upper.removeprefix("US-")
    return upper if known(upper) else code


Jurisdiction = Annotated[Name, AfterValidator(canonical)]
"""A jurisdiction in its canonical form, known or not: whether it is known is for the reader of a file to say."""

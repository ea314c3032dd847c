"""The vocabulary of the demo queue: who works where, and what customers escalate about."""

from dataclasses import dataclass

STATES = {"NY": 16, "NJ": 8, "TX": 11, "FL": 10, "CA": 12, "IL": 8, "PA": 7, "MA": 5, "CO": 5, "WA": 6, "AZ": 4, "CT": 4, "PR": 4}
"""Jurisdictions by share of cases, in percent."""


@dataclass(frozen=True)
class CaseType:
    """What customers escalate about, and what it takes.

    Parameters
    ----------
    name, line
        Case type and line of business.
    share
        Relative frequency.
    skills
        Lowest proficiency per required skill.
    credentials
        Required credentials, an AND of any-of groups of kinds.
    actions
        Actions that may be asked for; empty asks for none.
    amount
        Typical amount in dollars.
    weights
        Weights to draw from.
    root_causes
        Tags to draw from.
    preferred
        Preferred skill, if any.
    """

    name: str
    line: str
    share: int
    skills: dict[str, int]
    credentials: tuple[tuple[str, ...], ...]
    actions: tuple[str, ...]
    amount: int
    weights: tuple[int, ...]
    root_causes: tuple[str, ...]
    preferred: str = ""


CASE_TYPES = (
    CaseType(
        "claim_denial_appeal",
        "insurance",
        9,
        {"claims": 3, "appeals": 2},
        (("property_casualty",),),
        ("settlement",),
        6500,
        (2, 3, 3, 5),
        ("exclusion_wording", "missing_documents", "adjuster_backlog"),
        "negotiation",
    ),
    CaseType(
        "claim_delay",
        "insurance",
        10,
        {"claims": 2},
        (("property_casualty",),),
        ("credit",),
        150,
        (1, 1, 2),
        ("adjuster_backlog", "vendor_delay"),
    ),
    CaseType(
        "total_loss_valuation",
        "insurance",
        5,
        {"claims": 3, "valuation": 2},
        (("property_casualty",),),
        ("settlement",),
        3200,
        (2, 3),
        ("market_data",),
        "negotiation",
    ),
    CaseType(
        "premium_dispute",
        "insurance",
        7,
        {"billing": 2},
        (("property_casualty", "life_health"),),
        ("refund", "credit"),
        260,
        (1, 2),
        ("rate_change", "double_charge"),
    ),
    CaseType(
        "policy_reinstatement",
        "insurance",
        4,
        {"underwriting": 2},
        (("life_health",),),
        ("exception",),
        900,
        (2, 3),
        ("autopay_failure", "address_change"),
    ),
    CaseType(
        "beneficiary_dispute",
        "insurance",
        3,
        {"claims": 3},
        (("life_health",),),
        (),
        0,
        (3, 5),
        ("divorce", "missing_documents"),
        "mediation",
    ),
    CaseType(
        "annuity_surrender",
        "insurance",
        4,
        {"annuities": 3},
        (("life_health",), ("series_6",)),
        ("fee_waiver",),
        1400,
        (2, 3),
        ("suitability", "surrender_schedule"),
    ),
    CaseType(
        "card_dispute",
        "banking",
        11,
        {"disputes": 2},
        (("reg_e",),),
        ("refund", "credit"),
        340,
        (1, 1, 2),
        ("merchant_fraud", "duplicate_posting"),
    ),
    CaseType(
        "account_takeover",
        "banking",
        5,
        {"disputes": 3, "fraud": 3},
        (("reg_e",),),
        ("refund",),
        2800,
        (2, 3, 5),
        ("phishing", "sim_swap"),
        "mediation",
    ),
    CaseType("fee_reversal", "banking", 9, {"billing": 1}, (), ("fee_waiver",), 70, (1,), ("overdraft", "rate_change")),
    CaseType(
        "wire_recall",
        "banking",
        4,
        {"payments": 3},
        (),
        ("exception",),
        5200,
        (2, 3),
        ("wrong_beneficiary", "phishing"),
        "negotiation",
    ),
    CaseType(
        "mortgage_escrow",
        "banking",
        5,
        {"mortgage": 2},
        (("nmls",),),
        ("refund",),
        620,
        (2, 2, 3),
        ("tax_reassessment", "servicer_transfer"),
    ),
    CaseType(
        "investment_complaint",
        "banking",
        4,
        {"investments": 3},
        (("series_7",), ("series_63",)),
        ("trade_correction",),
        4100,
        (3, 5),
        ("suitability", "execution"),
    ),
    CaseType(
        "fund_switch_error",
        "banking",
        4,
        {"investments": 2},
        (("series_6", "series_7"),),
        ("trade_correction",),
        1300,
        (2, 3),
        ("execution", "wrong_instruction"),
    ),
    CaseType(
        "prior_authorization_appeal",
        "health_plan",
        9,
        {"appeals": 3},
        (("hipaa",), ("nurse",)),
        ("exception",),
        1900,
        (2, 3, 3),
        ("medical_necessity", "missing_documents"),
        "mediation",
    ),
    CaseType(
        "coverage_grievance",
        "health_plan",
        8,
        {"grievances": 2},
        (("hipaa",),),
        ("credit",),
        180,
        (1, 2),
        ("network_directory", "call_handling"),
    ),
    CaseType(
        "billing_code_error",
        "health_plan",
        9,
        {"medical_billing": 2},
        (("hipaa",),),
        ("refund",),
        480,
        (1, 2),
        ("provider_coding", "double_charge"),
    ),
    CaseType(
        "pharmacy_exception",
        "health_plan",
        5,
        {"pharmacy": 2, "appeals": 1},
        (("hipaa",),),
        ("exception",),
        750,
        (1, 2),
        ("formulary_change",),
    ),
    CaseType(
        "privacy_complaint",
        "health_plan",
        2,
        {"grievances": 3},
        (("hipaa",), ("privacy_officer",)),
        (),
        0,
        (3, 5),
        ("misdirected_mail", "portal_access"),
    ),
)


@dataclass(frozen=True)
class Desk:
    """A team, and the range from which its people's abilities are drawn.

    Parameters
    ----------
    team
        Name of the team.
    people
        How many work there; the first is its manager where `manager` is set, the next one its coordinator.
    zones
        Time zones, in turn.
    skills
        Skills of the team, each held by most of its people.
    licences
        Credentials by state that everyone holds, each with how many states.
    training
        Credentials valid everywhere, with the share of people who hold them, in percent.
    manager
        Whether the team has a manager of its own.
    """

    team: str
    people: int
    zones: tuple[str, ...]
    skills: tuple[str, ...]
    licences: tuple[tuple[str, int], ...]
    training: tuple[tuple[str, int], ...]
    manager: bool = True


EAST, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

DESKS = (
    Desk(
        "claims",
        9,
        (EAST, CENTRAL, PACIFIC, EAST, MOUNTAIN),
        ("claims", "appeals", "valuation", "billing", "negotiation"),
        (("property_casualty", 10),),
        (("hipaa", 20),),
    ),
    Desk(
        "life_annuities",
        6,
        (EAST, CENTRAL, EAST),
        ("claims", "annuities", "underwriting", "billing", "mediation"),
        (("life_health", 10),),
        (("series_6", 60),),
    ),
    Desk(
        "disputes",
        8,
        (EAST, "America/Puerto_Rico", PACIFIC, "Asia/Manila"),
        ("disputes", "fraud", "billing", "payments", "mediation"),
        (),
        (("reg_e", 95),),
    ),
    Desk(
        "lending_investments",
        7,
        (EAST, CENTRAL, MOUNTAIN),
        ("mortgage", "investments", "payments", "negotiation", "billing"),
        (("nmls", 9), ("series_63", 8)),
        (("series_7", 50), ("series_6", 40)),
    ),
    Desk(
        "member_care",
        10,
        (CENTRAL, EAST, PACIFIC, "Europe/Dublin"),
        ("grievances", "medical_billing", "appeals", "pharmacy", "mediation"),
        (("nurse", 7),),
        (("hipaa", 100), ("privacy_officer", 25)),
    ),
)

NAMES = (
    "Amara Okafor",
    "Ben Castellano",
    "Chloe Lindqvist",
    "Diego Fuentes",
    "Elif Yilmaz",
    "Farah Nasser",
    "Grace Mbeki",
    "Hiro Tanaka",
    "Imani Brooks",
    "Jonas Weber",
    "Keiko Mori",
    "Liam Gallagher",
    "Marta Nowak",
    "Nadia Petrova",
    "Omar Haddad",
    "Priya Raman",
    "Quentin Dubois",
    "Rosa Delgado",
    "Sami Koskinen",
    "Tara Doyle",
    "Uma Krishnan",
    "Victor Almeida",
    "Wendy Cho",
    "Xavier Reyes",
    "Yusuf Demir",
    "Zoe Papadakis",
    "Andre Silva",
    "Bianca Rossi",
    "Carlos Medina",
    "Dana Whitfield",
    "Esther Adeyemi",
    "Felix Braun",
    "Gita Sharma",
    "Hector Luna",
    "Ines Carvalho",
    "Jamal Carter",
    "Katya Orlova",
    "Luis Ortega",
    "Mei Zhang",
    "Noah Feldman",
)
"""Forty invented people."""

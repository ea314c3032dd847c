"""The office that the load works in: who takes cases, under which policy, and what its customers ask for."""

import json
from random import Random

SKILLS = ("billing", "claims", "cards", "loans")
NUM_SPECIALISTS = 12
SPECIALISTS = tuple(f"S-{number:02}" for number in range(NUM_SPECIALISTS))
POLICY = {"acceptance": {"minutes": 60}, "decline_hours": 1, "parked_factor": 0.5, "warn_hours": 1}


def skills_of(number):
    """Two skills per specialist, so that every skill is held by several people and nobody has all of them."""
    first, second = SKILLS[number % 4], SKILLS[(number + 1 + number // 4) % 4]
    return {first: 3 + number % 3, second: 2 + number % 2}


def set_up(client, *, capacity=8):
    """Put everybody and activate the policy; a version that is there already is not added again."""
    for number, name in enumerate(SPECIALISTS):
        document = {"name": f"Person {number}", "capacity": capacity, "skills": skills_of(number), "languages": ["en"]}
        _sure(client.request("PUT", f"/v1/specialists/{name}", json.dumps(document)))
    added = _sure(client.request("POST", "/v1/policies", json.dumps(POLICY))).document()
    _sure(client.request("POST", f"/v1/policies/{added['version']}/activate"))


def _sure(answer):
    assert answer.acknowledges, f"{answer.status} {answer.body.decode()}"
    return answer


def new_case(random: Random, external_id):
    """The body of a creation: mostly one skill, sometimes none, or two that few people have."""
    skills = random.sample(SKILLS, random.choices((0, 1, 2), (20, 75, 5))[0])
    document = {
        "source": "crm",
        "external_id": external_id,
        "type": random.choice(("refund", "dispute", "outage")),
        "language": "en",
        "required_skills": {skill: random.choice((1, 2, 3)) for skill in skills},
        "weight": random.choices((1, 2, 3), (70, 20, 10))[0],
        "priority": random.randint(1, 5),
        "note": f"Customer of {external_id}, who wrote on Monday.",
    }
    return json.dumps(document)

"""Until when time alone makes nobody else eligible, so that a decision may still be recorded a little later."""

from datetime import datetime

import numpy as np

from caserouter.routing.fit import fit_of
from caserouter.routing.profile import CaseProfile
from caserouter.service.board.view import View


def valid_until(view: View, profile: CaseProfile) -> datetime:
    """The first moment after that of `view` at which a shift, a credential, an absence, a window, a target or the case's age could matter."""
    state, roster = view.state, view.roster
    now = state.now
    absences, relaxations = state.away_until, roster.settings.relaxations
    moments = [
        roster.staffing.presence(now).valid_until,
        fit_of(profile, roster, now).admission.valid_until,
        float(absences[absences > now].min(initial=np.inf)),
        profile.first_response_due,
        *state.declined.get(profile.id, {}).values(),
        *(profile.created + one.after_hours for one in relaxations.values()),
    ]
    first = min((hour for hour in moments if hour > now), default=np.inf)
    end = min(view.until, view.intake_until)
    return min(end, roster.clock.moment(first)) if np.isfinite(first) else end

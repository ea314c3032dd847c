"""The keeper: what the service does by itself, as time goes by.

Requests change the state at once; the keeper does what only the clock brings about. It lets offers expire, warns of targets and commitments
and says when they are missed, sees shifts, absences and credentials come and go, gives the whole queue out as one problem now and then,
and keeps house. Every duty takes one exclusive unit after the other, looks at the state as it is then, and does nothing the second time:
two keepers at once do no harm, and one that is killed leaves nothing half done.
"""

from caserouter.service.keeper.keeper import Keeper

__all__ = ["Keeper"]

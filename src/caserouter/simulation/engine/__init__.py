"""The event loop: cases arrive, wait, are routed, worked and resolved. SimPy keeps the time, callbacks do the work.

Imagine a case-management floor. *Arrivals* drop cases at the door. The *dispatch* gives each to whom the routing policy names, or keeps it on
the queue; *tenure* knows who holds what. Every specialist sits at a *desk* with a book of ready *contacts* and works one at a time while on
shift. The *walk* knows what follows: another contact, a department, the customer, an approval, the *ending*. *Commitments* watch the clock for the customer, and
*presence* switches the lights of each desk on and off. The *ledger* writes down what happened and knows when enough has been seen.

Each part knows the ones below it and none above: what a lower part has to tell is a callback that the upper one gives it.
"""

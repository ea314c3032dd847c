"""Staffing scenarios, simulated: demand trace → event loop → records → estimates, with the production router inside."""

"""A question to a plan. `plan.py` lists the steps."""

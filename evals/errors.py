"""Errors of the harness, below the project's one base error (see `index/errors.py`)."""

from __future__ import annotations

from index.errors import BudgetQaError


class EvalError(BudgetQaError):
    """The harness cannot do what it was asked to."""


class CaseError(EvalError):
    """A case file that cannot be used; names file, line and field."""


class ConfigError(EvalError):
    """A configuration that cannot be used; names the field and what is expected."""


class RunError(EvalError):
    """Saved answers that are missing, or of another run."""

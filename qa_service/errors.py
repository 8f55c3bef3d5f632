"""Errors of the service, below the project's one base error (see `index/errors.py`)."""

from __future__ import annotations

from index.errors import BudgetQaError


class ServiceError(BudgetQaError):
    """Something is wrong on the way from a question to an answer."""


class SettingError(ServiceError):
    """A setting that cannot be used; names itself, its value and what is expected."""


class InvalidQuestion(ServiceError):
    """A question that is empty or too long. `code` is the contract's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

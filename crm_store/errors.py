"""Errors of the store, named for who must act."""

from __future__ import annotations


class StoreError(Exception):
    """Something is wrong with the store itself; the operator must act."""


class RecordNotVisible(Exception):
    """The record does not exist or the principal may not see it; the two are never told apart."""

    def __init__(self, record_type: str, record_id: int) -> None:
        super().__init__(f"{record_type} {record_id}")
        self.record_type = record_type
        self.record_id = record_id


class NotPermitted(Exception):
    """The principal may see the record but not do this to it; `reason` is shown to the user (Chinese)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooLong(NotPermitted):
    """A text is longer than its field holds."""

    def __init__(self, field: str, longest: int) -> None:
        super().__init__(f"文字太长:{field} 最多 {longest} 个字")


class VersionConflict(Exception):
    """Somebody changed the record since it was read; read again and repeat."""

    def __init__(self, record_type: str, record_id: int) -> None:
        super().__init__(f"{record_type} {record_id}")
        self.record_type = record_type
        self.record_id = record_id


class UndoRefused(Exception):
    """A change can't be taken back; `reason` is shown to the user (Chinese)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ImportRejected(Exception):
    """Data to import is wrong and nothing was loaded; `problems` name line, column and reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnstorableText(ValueError):
    """A text holds NUL or half a surrogate pair, which a database refuses or mangles; clean it at the border."""

    def __init__(self) -> None:
        super().__init__("文字中有无法保存的字符(NUL 或不完整的字符)")

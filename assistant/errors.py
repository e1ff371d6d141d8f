"""Errors of a turn, named for who must act, each with a code that channels show and logs count."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of the errors that a turn can end with; `code` is stable, `say` is for the user (Chinese)."""

    code = "assistant"

    def __init__(self, say: str) -> None:
        super().__init__(say)
        self.say = say


class InputRejected(AssistantError):
    """The message itself is unusable (too long, not text); the user must send another."""

    code = "input_rejected"


class TranscriptionError(AssistantError):
    """Speech could not be made into text; the user may type instead."""

    code = "transcription"


class PlannerError(AssistantError):
    """A planner failed; the turn falls back to the embedded one."""

    code = "planner"


class ExecutionError(AssistantError):
    """A tool broke unexpectedly; nothing was written, the operator must look."""

    code = "execution"


class ConversationBusy(AssistantError):
    """Another turn of the same conversation was faster twice; the user may repeat."""

    code = "conversation_busy"

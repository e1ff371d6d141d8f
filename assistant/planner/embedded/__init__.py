"""The planner that needs no model: names, dates, amounts and intents by code and a small classifier."""

from assistant.planner.embedded.planner import EmbeddedPlanner

__all__ = ["EmbeddedPlanner"]

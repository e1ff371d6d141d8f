"""The assistant: one turn from an inbound message to its reply, its planners and its executor, wired in one place."""

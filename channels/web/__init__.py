"""The web chat page: hand-written static files that use the HTTP interface, and the command that takes its picture."""

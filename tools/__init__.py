"""What the assistant can do: one file per tool, each a typed function with a declared effect."""

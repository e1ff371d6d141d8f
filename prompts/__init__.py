"""The prompts given to language models: Markdown files, loaded by name with their hash."""

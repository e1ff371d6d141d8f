"""Measuring the assistant: replay of cases, scorers, suites and reports."""

"""Readers of file formats: bytes to headings and lines of text."""

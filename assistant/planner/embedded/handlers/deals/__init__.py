"""Opportunities: created, moved, re-priced, re-dated, won, lost."""

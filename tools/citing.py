"""Citations that lead to the file, and to the version of it, from which they were taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_store.collateral.passages import Section
from crm_store.documents import VERSION_LENGTH
from tools.cards import Citation


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """The files that hold now, with the hash of each by its path."""

    digests: Mapping[str, str] = field(default_factory=dict)

    def cite(self, section: Section, quote: str) -> Citation:
        """A citation of some words of a section."""
        paths = (f"{section.document}.md", section.document)  # a section doesn't name the ending of Markdown
        path = next((path for path in paths if path in self.digests), "")
        return Citation(
            document=section.name,
            section=section.heading,
            quote=quote,
            path=path,
            version=self.digests[path][:VERSION_LENGTH] if path else "",
        )

"""Commands: what each intent that changes records makes of a draft, a module for each kind of record."""

"""Questions: what each intent that reads makes of a draft, and which messages the documents answer."""

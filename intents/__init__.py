"""Understanding without a model: entities, dates, amounts, clauses, intents and their slots."""

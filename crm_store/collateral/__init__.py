"""Sales collateral: documents in passages, a hybrid index over them, answers that quote or say it isn't there."""

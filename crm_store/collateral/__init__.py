"""Sales collateral: documents cut into passages, a hybrid index over them, and answers that quote or say it isn't there."""

"""Follow-up tasks: made, chosen, changed, moved in time, ticked off."""

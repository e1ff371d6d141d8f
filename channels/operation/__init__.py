"""What operators call: health, readiness, measurements."""

"""The measurements of the README: each prints ours, the yardstick measured in the same run, and the ratio."""

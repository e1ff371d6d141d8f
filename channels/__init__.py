"""The ways in and out: web, WeCom and terminal, each turning its wire format into a message and a reply back."""

"""Speech to text: decoding recordings, engines and their weights, repair of names."""

"""What a message says about the talk so far: yes, an answer, a correction, the same once more, what was just done."""

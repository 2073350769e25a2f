"""The statements of the resolution: their words as intervals, and the verdicts on them."""

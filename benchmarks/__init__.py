"""What is promised of speed, as ratios against a baseline that runs beside it on the same machine."""

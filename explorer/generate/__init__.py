"""Made-up datasets of any size, to see how the explorer bears a load. Everything in them is drawn from a seed."""

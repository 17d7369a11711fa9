"""What speaks an engine's language: one contract, two engines, the same answers."""

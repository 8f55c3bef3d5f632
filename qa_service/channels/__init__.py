"""The ways in and out. A channel converts in, calls ask, converts out; it holds no rules."""

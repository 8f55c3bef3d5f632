"""Tests of the project; `scenarios/` asks whole questions, the rest mirrors the source."""

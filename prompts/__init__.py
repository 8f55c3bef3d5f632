"""Texts that people read and edit (model prompts, replies, vocabulary): data files, no code."""

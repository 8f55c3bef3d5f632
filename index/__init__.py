"""Documents to tables, passages and facts in SQLite and Chroma. Read `build.py` first."""

"""Training of the encoder that ships in `index/encoder/`. Read `__main__.py` first."""

"""Questions that name all they are about in full, asked in the plainest way."""

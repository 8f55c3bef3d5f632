"""Hostile and random questions, and what must hold of every answer to them.

payloads    texts that attack: mark-up, SQL, orders, invisible and endless characters
questions   the question of each number: a real one mutated, or a random one
proof       what is wrong with an answer, checked against the store alone
run         asks them and counts
__main__    the big run: `python -m tests.hostile --count 100000`
"""

"""Benchmarks: ratios within one run of one process, since machines are shared and noisy."""

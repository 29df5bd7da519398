"""Benchmarks against peers and against bare hops: each number is a ratio of two sides measured in one run."""

"""Speed as ratios against peers: whole processes, in turn, in one run. `python -m tests.benchmarks`."""

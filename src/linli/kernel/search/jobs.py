"""What the clock does for the search."""

from linli.kernel.search.following import index_now

JOBS = [("index", 2, index_now)]

"""Writing safely: nothing is in its place before it is whole, and a kill leaves the old or the new."""

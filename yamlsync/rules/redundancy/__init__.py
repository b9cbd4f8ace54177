"""What says nothing, and what says to others something else than to us (YS3xx); all of it can be mended."""

"""Image tags: references to images in a registry, and how those of one workshop go together (YS6xx)."""

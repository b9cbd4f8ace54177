"""Two texts → what was kept, inserted and deleted, by lines and by words, as a reader would tell it."""

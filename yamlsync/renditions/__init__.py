"""What changed → what people and programs read."""

"""Comments that speak to yamlsync (YS901, YS902)."""

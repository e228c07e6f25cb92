"""Cross-report work in its one shape, whatever runs it: see `engine.port`."""

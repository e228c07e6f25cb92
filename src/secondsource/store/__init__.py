"""The library: where documents, reports, mentions and what was traced between them are kept."""

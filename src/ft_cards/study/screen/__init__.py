"""The full-screen review. The only importer of textual."""

"""Notes → the pages of the preview: what is on them, how they are written, and how they are served."""

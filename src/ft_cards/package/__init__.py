"""Notes → what is shipped: the lock that keeps identity and time, the Anki package, its manifest."""

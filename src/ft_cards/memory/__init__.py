"""What a learner remembers: reviews → memory → the cards to show. Knows no YAML and no screen."""

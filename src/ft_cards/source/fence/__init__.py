"""Where the programs on cards run: `outside` starts a guard within the strongest fence, `inside` is that guard."""

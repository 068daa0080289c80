"""`python -m ft_cards` is `ft-cards`."""

from ft_cards.cli import main

main()

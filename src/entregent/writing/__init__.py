"""A word from one person to another: relayed once, as a gift; an answer crosses the cards, silence says nothing."""

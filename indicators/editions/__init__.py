"""From the rows of a published file to observations: their meaning, how fresh they are, what is news in them."""

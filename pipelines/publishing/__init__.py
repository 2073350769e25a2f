"""How a build becomes the publication: made aside, checked, swapped in whole; and how its charts are verified later."""

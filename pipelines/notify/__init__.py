"""Who hears of a new publication: the digest, and how it is sent."""

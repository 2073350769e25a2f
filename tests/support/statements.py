"""Statements made for a test, as they stand in the registry of a resolution."""

from decimal import Decimal


def entry(wording, figure, interval, **also):
    """One statement on Internet use in the world in 2025, as it would stand in the TOML."""
    return {
        "paragraph": 1,
        "statement": "People are online.",
        "wording": wording,
        "figure": Decimal(str(figure)),
        "interval": interval,
        "indicator": "individuals_using_internet",
        "area": "world",
        "year": 2025,
        "source": "itu-facts-and-figures",
        "vintage_of_record": "2025",
        "reviewed": "supported",
    } | also

"""Statements made for a test, as they stand in the registry of a resolution."""

from decimal import Decimal

# Paragraph and interval of each statement, from the table of A/RES/80/173 in the method note (statement 1 in its two readings).
# A statement that is added later is held to the rules for all, and changes nothing that is said of these.
REVIEWED = {
    "third-offline": (16, "[30.83, 35.83)"),
    "third-without-access": (16, "[30.83, 35.83)"),
    "covered-by-4g": (20, "(93, 100]"),
    "own-a-phone": (20, "[81.5, 82.5]"),
    "online-2005": (20, "(15, 16)"),
    "online-2025": (20, "[73.5, 74.5]"),
    "online-high-income": (21, "[93.5, 94.5]"),
    "online-low-income": (21, "[22.5, 23.5]"),
    "high-over-low": (21, "(4, inf)"),
    "below-20-in-some": (21, "[2, inf)"),
    "online-urban": (21, "[84, 85)"),
    "online-rural": (21, "[57.5, 58.5]"),
    "women-with-a-phone": (22, "[77.5, 78.5]"),
    "men-with-a-phone": (22, "[86.5, 87.5]"),
    "women-online": (22, "[70.5, 71.5]"),
    "men-online": (22, "[76, 77)"),
}


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

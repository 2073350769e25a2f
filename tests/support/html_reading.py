"""A page of HTML as a test reads it: its elements, their texts, and the rows of its tables."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "source", "br", "use", "path", "hr", "input", "circle"}

NUMBER = re.compile(r"\N{MINUS SIGN}?\d+(?:,\d{3})*(?:\.\d+)?")


class Reading(HTMLParser):
    """The page as elements in order, with the text each has; an element that is not closed in turn is an error."""

    def __init__(self, html):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(html)
        assert not self._open, self._open

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", **dict(attributes)}
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append({"tag": tag, "text": "", **dict(attributes)})

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop()["tag"] == tag, f"</{tag}> comes too early"
        self.handle_data(" " if tag in ("td", "th", "p", "li", "dd", "dt") else "")

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data

    def all(self, *tags, **attributes):
        """Return the elements of some tags and with some attributes."""
        return [
            element
            for element in self.elements
            if element["tag"] in tags and all(element.get(name) == value for name, value in attributes.items())
        ]

    def text_of(self, name):
        """Return the text of the element of an id, in single spaces."""
        (element,) = [element for element in self.elements if element.get("id") == name]
        return " ".join(element["text"].split())

    def labelled_cells(self, name):
        """Return the labelled cells from the element of an id on, by label, each label once."""
        start = next(number for number, element in enumerate(self.elements) if element.get("id") == name)
        row = {}
        for element in self.elements[start:]:
            if "data-label" in element and element["data-label"] not in row:
                row[element["data-label"]] = " ".join(element["text"].split())
        return row

    @property
    def visible_text(self):
        """The text of the body, in single spaces."""
        return " ".join(self.all("body")[0]["text"].split())


class TableRows(HTMLParser):
    """The rows of each table of a page as text, by the name of its section."""

    def __init__(self, page):
        super().__init__()
        self.rows, self._section, self._open = {}, None, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "section":
            self._section = dict(attributes)["aria-labelledby"]
        if tag == "tr" and self._section:
            self.rows.setdefault(self._section, []).append("")
        self._open = self._open or (tag == "tr" and self._section is not None)

    def handle_endtag(self, tag):
        self._open = self._open and tag != "tr"
        if tag in ("td", "th") and self._open:
            self.rows[self._section][-1] += " "

    def handle_data(self, data):
        if self._open:
            self.rows[self._section][-1] += data

"""What we know of each economy and group: one typed profile of each, and the one document that its page and its brief are written from."""

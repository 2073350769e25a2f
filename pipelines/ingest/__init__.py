"""How figures come in: connectors to the publishers, files that people add, and the store of snapshots."""

"""The command line `divide …`: a module a group of commands, each thin over the package that does the work.

A command imports what it needs when it runs, so that `--help` takes no longer than Python and click need to start.
"""

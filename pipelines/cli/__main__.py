"""`python -m pipelines.cli` is `divide`."""

from pipelines.cli.main import main

if __name__ == "__main__":
    main()

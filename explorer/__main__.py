"""`python -m explorer` is `trace-explorer`."""

from explorer.cli import main

if __name__ == "__main__":
    main()

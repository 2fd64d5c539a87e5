"""`python -m perfgen`."""

from perfgen.cli import main

if __name__ == "__main__":
    main()

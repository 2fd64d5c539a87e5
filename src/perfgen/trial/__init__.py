"""Trying a layout (试版式): what is wrong or unused in it, and how it looks with made-up values."""

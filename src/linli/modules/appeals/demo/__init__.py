"""This module's part of the demo: one community in depth by its actions, the district's volumes in bulk."""

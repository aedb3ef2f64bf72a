"""The page of a matter for the neighbour who raised it and those who joined."""

"""Old matters from a file: mapped, checked row by row, loaded in batches, every row accounted for."""

"""People: who somebody is, how to reach her, what she may do here and today."""

"""The verbs of an appeal, by the stage in which they are said."""

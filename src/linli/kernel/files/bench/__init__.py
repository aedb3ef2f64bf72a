"""The workbench: where a stranger's file is decoded, in a process of its own with limits on memory and time.

Nothing here knows Django. A decoder that runs wild takes only its own process with it.
"""


class Unfit(Exception):
    """The file cannot be made into one of ours; the text is a code that the house turns into a sentence."""

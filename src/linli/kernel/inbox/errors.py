"""What can go wrong between the house and a provider."""


class Outage(Exception):
    """The provider cannot be reached or does not want to now; try again later."""


class Rejected(Exception):
    """The provider has understood and says no; trying again would not help."""


class Barred(Outage):
    """The configured address leads where the house may not connect: the setting is at fault, not the message."""

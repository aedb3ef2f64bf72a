"""The icons of the lucide package, each drawn once a process: a list shows the same three a hundred times."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as draw

register = template.Library()
drawn = lru_cache(maxsize=1000)(draw)


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **kwargs: str) -> SafeString:
    return SafeString(drawn(name, size=size, **kwargs))

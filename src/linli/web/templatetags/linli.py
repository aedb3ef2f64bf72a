"""The components of the design system. Charts and rings are inline SVG; nothing needs a style attribute."""

from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django import forms, template
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from linli.kernel.cases.kinds import kind_of
from linli.kernel.clock import local, now, today
from linli.kernel.places.models import Area
from linli.web import drawing, telling
from linli.web.sentences import sentence as tell
from linli.web.templatetags.icons import lucide

register = template.Library()

RING_DAYS = 3 * telling.DAY  # a limit of 24 hours is told in hours


@register.simple_tag
def plate(area: Any, quiet: bool = False, href: str = "") -> SafeString:
    """A door plate: where something is. A stair or dwelling is told with its building when that is at hand."""
    kind = "plate quiet" if quiet else "plate"
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', kind, href, place_name(area))
    return format_html('<span class="{}">{}</span>', kind, place_name(area))


def place_name(area: Any) -> str:
    """3号楼 2单元; costs no query: say ``select_related("area__parent")`` where the building should be seen."""
    told = str(area)
    while getattr(area, "kind", "") in {Area.Kind.STAIR, Area.Kind.DWELLING}:
        area = area._state.fields_cache.get("parent")
        told = f"{area} {told}" if area else told
    return told


@register.simple_tag
def tag(kind: str, icon: str, text: Any) -> SafeString:
    """A state: icon, words and colour. ``kind``: ok, info, warn, bad, line or nothing."""
    if not text:
        return SafeString("")
    drawing_of = lucide(icon, size=15, aria_hidden="true") if icon else ""
    return format_html('<span class="{}">{}{}</span>', f"tag {kind}".strip(), drawing_of, text)


@register.inclusion_tag("web/parts/listen.html")
def listen(label: Any, target: str = "", words: Any = "") -> dict[str, Any]:
    """听: reads the nearest notice, row or card aloud, or the element with the id ``target``."""
    return {"label": label, "target": target, "words": words}


@register.simple_tag
def due_tag(case: Any) -> SafeString:
    """The nearest limit of a case in words; nothing when none is running."""
    due = _due(case)
    return tag(due.kind, due.icon, due.words) if due else SafeString("")


def _due(case: Any) -> telling.DueWords | None:
    """Reckoned once a case and page: the tag and the edge of a card say the same."""
    if not case.due_at or case.closed_at:
        return None
    if getattr(case, "_due", ("",))[0] != (case.due_at, get_language()):
        case._due = ((case.due_at, get_language()), telling.due_words(case.due_at, now=now()))  # noqa: SLF001 -- kept with it
    found: telling.DueWords = case._due[1]  # noqa: SLF001 -- as above
    return found


@register.filter
def due_edge(case: Any) -> str:
    """late, today or ok: the edge of a work card."""
    due = _due(case)
    return due.edge if due else "ok"


@register.inclusion_tag("web/parts/ring.html")
def ring(clock: Any, label: Any = "") -> dict[str, Any]:
    """How much of a limit is left, as a ring with the words inside."""
    moment = clock.met_at or now()
    left = telling.minutes_between(moment, clock.due_at)
    return {
        "clock": clock,
        "label": label,
        "late": left < 0,
        "met": clock.met_at is not None,
        "dash": drawing.ring_dash(clock.starts_at, clock.due_at, now=moment),
        "parts": telling.span_parts(abs(left), days_from=RING_DAYS),
        "used": telling.span(max(telling.minutes_between(clock.starts_at, moment), 0), days_from=RING_DAYS),
        "whole": telling.span(telling.minutes_between(clock.starts_at, clock.due_at), days_from=RING_DAYS),
    }


@register.inclusion_tag("web/parts/dots.html")
def dots(case: Any) -> dict[str, Any]:
    """Where a case stands among the stages its kind declares."""
    kind = kind_of(case.kind)
    here = next((i for i, (_label, states) in enumerate(kind.stages) if case.state in states), -1)
    ended = case.state in kind.final
    rows = [(label, _progress(i, here, ended=ended)) for i, (label, _states) in enumerate(kind.stages)]
    now_at = kind.stages[here][0] if here >= 0 else ""
    return {"rows": rows, "label": now_at, "number": here + 1, "count": len(rows)}


def _progress(i: int, here: int, *, ended: bool) -> str:
    if i < here or (i == here and ended):
        return "done"
    return "now" if i == here else ""


@register.inclusion_tag("web/parts/timeline.html", takes_context=True)
def timeline(context: dict[str, Any], steps: Any, todo: Any = ()) -> dict[str, Any]:
    """The thread like a conversation, oldest first. ``todo``: (icon, title, text) of what is still to come."""
    told = [{"step": step, "says": tell(step), "inside": step.audience >= 2} for step in steps]  # noqa: PLR2004
    return {"steps": told, "todo": todo, "mode": context.get("mode", "")}


@register.simple_tag
def sentence(entry_or_step: Any, **places: Any) -> str:
    return tell(entry_or_step, **places)


@register.inclusion_tag("web/parts/field.html")
def field(bound: forms.BoundField, optional: Any = "", icon: str = "") -> dict[str, Any]:
    """A label above, a hint under it, the control, the error with an icon; read together by screen readers."""
    widget = bound.field.widget
    grouped = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    ticked = isinstance(widget, forms.CheckboxInput)
    drawn = "" if grouped else bound.as_widget(attrs=_attributes(bound))
    return {
        "field": bound, "widget": drawn, "grouped": grouped, "ticked": ticked, "optional": optional, "icon": icon,
        "is_file": isinstance(widget, forms.FileInput),
        "radio": isinstance(widget, forms.RadioSelect) and not isinstance(widget, forms.CheckboxSelectMultiple),
    }  # fmt: skip


def _attributes(bound: forms.BoundField) -> dict[str, str | bool]:
    """Our class for the kind of control, beside any class the form chose itself."""
    widget = bound.field.widget
    ours = "input"
    if isinstance(widget, forms.Textarea):
        ours = "textarea"
    elif isinstance(widget, forms.Select):
        ours = "select"
    elif isinstance(widget, forms.CheckboxInput):
        ours = "checkbox"
    return {"class": " ".join(filter(None, (ours, widget.attrs.get("class", ""))))}


@register.inclusion_tag("web/parts/empty.html")
def empty(title: Any, line: Any = "", url: str = "", button: Any = "") -> dict[str, Any]:
    """Nothing here yet: what this place is for, and one button."""
    return {"title": title, "line": line, "url": url, "button": button}


@register.inclusion_tag("web/parts/rate.html")
def rate(
    label: Any, value: Fraction | None, sample: int = 0, target: Fraction | None = None
) -> dict[str, Any]:
    """A rate with its sample and target; a rate of nothing shows a dash."""
    return {
        "label": label, "told": drawing.percent(value), "sample": sample, "target": drawing.percent(target),
        "has_target": target is not None, "reached": value is not None and target is not None and value >= target,
        "known": value is not None,
    }  # fmt: skip


@register.inclusion_tag("web/parts/spark.html")
def spark(
    values: list[Fraction], label: Any, target: Fraction | None = None, first: Any = "", last: Any = ""
) -> dict[str, Any]:
    """A line of rates; ``label`` is the finding in one sentence."""
    return {
        "spark": drawing.spark_of(list(values), target=target),
        "label": label,
        "first": first,
        "last": last,
    }


@register.inclusion_tag("web/parts/meter.html")
def meter(count: int, whole: int, label: Any = "", edge: str = "") -> dict[str, Any]:
    """A bar that begins at 0."""
    share = Fraction(count, whole) if whole else Fraction(0)
    return {"width": drawing.short(min(share, Fraction(1)) * 100), "label": label, "edge": edge}


@register.simple_tag
def localtime(moment: datetime | date | None) -> SafeString | str:
    """今天 18:00, 11月25日 / today 18:00, 25 Nov, inside a <time> that machines can read."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        words, machine = telling.short_moment(moment, now=now()), local(moment).isoformat(timespec="minutes")
    else:
        words, machine = telling.short_date(moment, today=today()), moment.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.simple_tag
def address(body: Any) -> SafeString:
    """Where a body is and how to reach it, with a phone number that can be pressed."""
    facts = [fact for fact in (body.address, body.hours) if fact]
    told = format_html('<span class="addr">{}</span>', " · ".join(facts)) if facts else SafeString("")
    if not body.phone:
        return told
    call = format_html('<a href="tel:{}">{}</a>', body.phone.replace(" ", ""), body.phone)
    return format_html("{}<br>{}", told, call) if facts else call


@register.filter
def initial(name: Any) -> str:
    """The first sign of a name, for the square beside it."""
    return str(name)[:1]


KEY = 4242424242


@lru_cache(maxsize=500)
def _around_the_key(name: str, _prefix: str, _urlconf: Any) -> tuple[str, str]:
    before, after = reverse(name, args=[KEY]).split(str(KEY))
    return before, after


def address_of(name: str, key: int) -> str:
    """The address of one object; what stands around its key is looked up once a process."""
    before, after = _around_the_key(name, get_script_prefix(), get_urlconf())
    return f"{before}{key}{after}"


@register.simple_tag
def key_url(name: str, key: int) -> str:
    """As ``url`` for an address that takes one key; for lists."""
    return address_of(name, key)


@register.simple_tag
def case_url(case: Any) -> str:
    """The page of a case, by the address its kind declares; it takes the key of the case."""
    name = kind_of(case.kind).address
    return address_of(name, case.pk) if name else ""


@register.simple_tag
def message_url(message: Any) -> str:
    """The page a message is about; nothing when it is about no page."""
    return reverse(message.url_name, args=message.url_args) if message.url_name else ""


@register.simple_tag(takes_context=True)
def case_title(context: dict[str, Any], case: Any) -> str:
    """Her own words for the one who raised it or acts for her; for a neighbour who joined, what kind of matter it is."""
    person = context.get("in_name_of") or context.get("person")
    return str(case.title_for(person.pk if person else None))


@register.filter
def state_label(case: Any) -> str:
    """The words of the stage a case is in."""
    stages = kind_of(case.kind).stages
    return next((str(label) for label, states in stages if case.state in states), "")


@register.simple_tag
def percent(value: Fraction | None) -> str:
    """93%, or a dash when there is nothing to count."""
    return drawing.percent(value)

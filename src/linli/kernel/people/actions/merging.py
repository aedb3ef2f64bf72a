"""Two records that are one person become one, and a mistaken merge comes apart again."""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.clock import local
from linli.kernel.journal.actions import record
from linli.kernel.people import rules
from linli.kernel.people.models import Account, Merge, Person
from linli.kernel.people.personal import declared
from linli.kernel.people.standing import standing

Column = tuple[type[models.Model], str]


@transaction.atomic
def merge(gone: Person, kept: Person, *, reason: str, by: Person, now: datetime) -> Merge:
    """Move everything of ``gone`` to ``kept``, with a list of what was moved."""
    _require_desk_of_both(gone, kept, by, now)
    if gone.pk == kept.pk or gone.merged_into_id or kept.merged_into_id or gone.erased_at or kept.erased_at:
        raise Refused(_("These two records cannot be joined."))
    moved = {_name(column): _move(column, gone, kept) for column in columns_of_person()}
    moved["account"] = _move_account(gone, kept)
    done = Merge(
        gone=gone, kept=kept, reason=reason, by=by, at=now, moved={k: v for k, v in moved.items() if v}
    )
    done.save(force_insert=True)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    record("people.merged", kept, by=by, gone=gone.pk)
    return done


@transaction.atomic
def split(merged: Merge, *, by: Person, now: datetime) -> None:
    """Give back what was moved and is still where it was moved to."""
    _require_desk_of_both(merged.gone, merged.kept, by, now)
    if not Merge.objects.filter(pk=merged.pk, split_at=None).update(split_at=now, split_by=by):
        raise Refused(_("These two records are already apart."))
    for model, column in columns_of_person():
        rows = model._default_manager.filter(
            pk__in=merged.moved.get(_name((model, column)), []), **{column: merged.kept_id}
        )
        rows.update(**{column: merged.gone_id})
    _give_account_back(merged)
    Person.objects.filter(pk=merged.gone_id).update(merged_into=None)
    record("people.split", merged.gone, by=by, kept=merged.kept_id)


def columns_of_person() -> list[Column]:
    """Every column of every room that holds the key of a person, except the merges themselves and the accounts.

    Plain keys are those that the cards name (``plain``).
    """
    relations = Person._meta.get_fields(include_hidden=True)
    columns = [
        (relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, models.ManyToOneRel) and not isinstance(relation, models.OneToOneRel)
    ]
    columns += [(facts.model, name) for facts in declared() for name in facts.plain]
    return sorted(
        ((model, name) for model, name in columns if model not in {Merge, Person}),
        key=_name,
    )


def _name(column: Column) -> str:
    return f"{column[0]._meta.label_lower}.{column[1]}"


def _move(column: Column, gone: Person, kept: Person) -> list[int]:
    """Rows that would say the same thing twice stay with ``gone``."""
    model, name = column
    keys = list(model._default_manager.filter(**{name: gone.pk}).values_list("pk", flat=True))
    return [key for key in keys if _move_row(model, name, key, kept)]


def _move_row(model: type[models.Model], name: str, key: int, kept: Person) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=key).update(**{name: kept.pk})
    except IntegrityError:
        return False
    return True


def _move_account(gone: Person, kept: Person) -> list[int]:
    """The way in goes along; when both have one, the one of ``gone`` is closed."""
    account = Account.objects.filter(person=gone).first()
    if account is None:
        return []
    if Account.objects.filter(person=kept).exists():
        Account.objects.filter(pk=account.pk).update(is_active=False)
    else:
        Account.objects.filter(pk=account.pk).update(person=kept)
    return [account.pk]


def _give_account_back(merged: Merge) -> None:
    mine = Account.objects.filter(pk__in=merged.moved.get("account", []))
    mine.update(person=merged.gone, is_active=True)


def _require_desk_of_both(one: Person, other: Person, by: Person, now: datetime) -> None:
    """A record without an area, such as a first sign-in by phone, follows the other one's desk."""
    who = standing(by, on=local(now).date())
    homes = [person.community.path for person in (one, other) if person.community]
    for home in homes or [""]:
        require(rules.may_work_with(who, home))

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The parts of a person in the order of the cases; the index over the person alone is no longer needed."""

    dependencies = [
        ("cases", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="party",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["person", "part", "case"], name="party_of_person"),
        ),
    ]

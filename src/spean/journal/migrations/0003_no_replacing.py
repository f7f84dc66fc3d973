from django.db import migrations

from spean.journal import append_only


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunPython(append_only.install, migrations.RunPython.noop)]

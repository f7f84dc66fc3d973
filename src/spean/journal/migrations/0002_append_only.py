from django.db import migrations

from spean.journal import append_only


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(append_only.install, append_only.remove)]

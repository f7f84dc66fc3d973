from django.db import migrations

from spean.ledger import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(append_only.install, append_only.remove)]

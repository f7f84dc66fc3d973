"""Django's own door, for developers (make messages, make migrations)."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

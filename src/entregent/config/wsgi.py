"""The WSGI application that `entregent serve` and any other WSGI server start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
application = get_wsgi_application()

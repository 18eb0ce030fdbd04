"""The WSGI application that `entregent serve` and any other WSGI server start."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entregent.config.settings")
application = get_wsgi_application()

# What is loaded stays: looking through it for garbage stops an answer for a tenth of a second.
gc.freeze()

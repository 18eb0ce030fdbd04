"""What starts the house: settings, addresses, the WSGI application, the worker."""

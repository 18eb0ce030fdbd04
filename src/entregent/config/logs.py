"""What the log says of a request: not the secrets that an address may carry."""

import logging
import re

#: Secret links, codes that let in, tickets: what follows them in an address stays between the server and its holder.
SECRET = re.compile(r"(/(?:r|rejoindre|ici|carte|agenda|organiser-avec|j-y-etais)/|[?&]billet=)[^/\s?&.]+")


class NoSecrets(logging.Filter):
    """Leaves the secret out of every address that a record is about to tell."""

    def filter(self, record: logging.LogRecord) -> bool:
        r"""Rewrite the record; every record passes.

        >>> told = logging.LogRecord("x", 30, "", 0, "%s: %s", ("Not Allowed", "/r/s3cret/rendre/"), None)
        >>> NoSecrets().filter(told), told.getMessage()
        (True, 'Not Allowed: /r/.../rendre/')
        >>> SECRET.sub(r"\1...", "/s/K7Q2M9PX/porte/?billet=YXA2U8DGRQUJU9RF")
        '/s/K7Q2M9PX/porte/?billet=...'
        >>> SECRET.sub(r"\1...", "Internal Server Error: /agenda/s3cret.ics")
        'Internal Server Error: /agenda/....ics'
        """
        record.msg, record.args = SECRET.sub(r"\1...", record.getMessage()), ()
        return True

"""Mail domains that anybody may have an address at: they are no organisation's. Pure."""

PUBLIC = frozenset(
    """aol.com bbox.fr free.fr gmail.com gmx.com gmx.fr googlemail.com hotmail.com hotmail.fr icloud.com laposte.net
    live.com live.fr mac.com mail.com me.com msn.com neuf.fr numericable.fr only.fr orange.fr outlook.com outlook.fr
    pm.me posteo.net proton.me protonmail.com sfr.fr tutanota.com wanadoo.fr yahoo.com yahoo.fr ymail.com zoho.com
    zeop.re""".split()
)


def domain_of(text: str) -> str:
    """The domain that somebody wrote, an address or a site included, in small letters.

    >>> [domain_of(text) for text in ("Filao.example", "https://www.filao.example/fr", "alice@filao.example ")]
    ['filao.example', 'filao.example', 'filao.example']
    """
    host = text.strip().lower().rpartition("@")[2].rpartition("://")[2].partition("/")[0]
    return host.removeprefix("www.")

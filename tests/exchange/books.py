"""Address books as people have them: what each program writes, with people who do not exist."""

import io
import zipfile
from collections.abc import Mapping

LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see …"

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Karine,Hoareau,https://www.linkedin.com/in/karine-hoareau-974,,Lagon Studio,Consultante SEO,08 Feb 2026
,,,,,,07 Jun 2026
Yann,"Técher, PMP",https://www.linkedin.com/in/yann-techer,yann@example.org,"Filao, et fils",Développeur,05 Oct 2020
"""
OLD_LINKEDIN = """First Name,Last Name,Email Address,Company,Position,Connected On
Karine,Hoareau,,Lagon Studio,Consultante SEO,08 Feb 2019
"""
NOTES = """Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On
Karine,Hoareau,https://www.linkedin.com/in/karine-hoareau-974,"Parle cadastre,
et de sa sœur",2026-02-09,2026-02-10
"""
GOOGLE = (
    "First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Notes,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
    "Karine,,Hoareau seo,,Lagon Studio,Consultante,Vue au port,* myContacts ::: Apéro 2012,"
    "* Work,karine@example.org ::: k@example.net,Mobile,0692 12 34 56 ::: +262 262 11 22 33\n"
)
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title\n"
    "Karine Hoareau,Karine,,Hoareau,,* myContacts ::: Clients,* Work,karine@example.org,Mobile,0692123456,Lagon,SEO\n"
)
OUTLOOK = (
    '"First Name","Middle Name","Last Name","Company","Job Title","E-mail Address","E-mail 2 Address","Mobile Phone",'
    '"Categories"\n"Karine","","Hoareau","Lagon Studio","SEO","karine@example.org","k@example.net","0692 12 34 56",'
    '"Clients;Apéro"\n'
)
FRENCH = "Prénom;Nom;Société;Courriel;Portable\r\nKarine;Hoareau;Lagon Studio;karine@example.org;0692 12 34 56\r\n"
UNKNOWN = "Qui;Quoi;Où\nKarine;Consultante SEO;karine@example.org\nYann;Développeur;yann@example.org\n"
CARDS = """BEGIN:VCARD
VERSION:3.0
N:Hoareau;Karine;;;
FN:Karine seo apéro 2012
ORG:Lagon Studio\\; et fils;Web
TITLE:Consultante
EMAIL;TYPE=INTERNET,WORK:karine@example.org
item1.TEL;TYPE=CELL:+262 692 12 34 56
TEL;TYPE=FAX:0262 11 22 33
NOTE:Rencontrée au port\\,\\nun je
 udi
CATEGORIES:Clients,Plongée
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ
 AAAAAAAAAAAAAAAAAAAAAA
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:T=C3=A9cher;Yann;;;
TEL;CELL;PREF:0693-11-22-33
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:D=C3=A9velopp=
eur
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Les plongeurs
KIND:group
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Zoé Fontaine
TEL;VALUE=uri;TYPE="voice,cell":tel:+33-6-12-34-56-78;ext=102
EMAIL:mailto:zoe@example.org
END:VCARD
"""

#: What a calendar on the web gives: an evening with guests and a room, one that comes again for ever, one to come.
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:jeremie@example.org
X-WR-TIMEZONE:Indian/Reunion
BEGIN:VEVENT
DTSTART:20241128T203000Z
SUMMARY:Apéro Web 31
LOCATION:Chez Zélie\\, Saint-Denis
ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN="Payet, Karine";X-NUM-GUEST
 S=0:mailto:karine@example.org
ATTENDEE;CN=yann.techer@example.org:mailto:yann.techer@example.org
ATTENDEE;CN=jeremie@example.org:mailto:jeremie@example.org
ATTENDEE;PARTSTAT=DECLINED;CN=Zoé Fontaine:mailto:zoe@example.org
ATTENDEE;CUTYPE=ROOM;CN=La varangue:mailto:room@example.org
BEGIN:VALARM
TRIGGER:-P1D
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Indian/Reunion:20230105T183000
RRULE:FREQ=SECONDLY
SUMMARY:Galette
ATTENDEE;CN=Karine:MAILTO:Karine@example.org
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20240201
SUMMARY:Dentiste
END:VEVENT
BEGIN:VEVENT
DTSTART:20990101T100000Z
SUMMARY:Plus tard
ATTENDEE;CN=Karine:mailto:karine@example.org
END:VEVENT
BEGIN:VEVENT
DTSTART:20240301T100000Z
STATUS:CANCELLED
ATTENDEE;CN=Karine:mailto:karine@example.org
END:VEVENT
END:VCALENDAR
"""
#: Another calendar of the same person, as it lies beside the first in Google's archive: it has asked people itself.
AGENDA = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Apéros
X-WR-TIMEZONE:Indian/Reunion
BEGIN:VEVENT
DTSTART:20250109T150000Z
SUMMARY:Galette des rois
LOCATION:Le Port
ORGANIZER;CN=Apéros:mailto:c_31@group.calendar.google.com
ATTENDEE;CN=Karine Payet:mailto:karine@example.org
ATTENDEE;CN=jeremie@example.org:mailto:jeremie@example.org
ATTENDEE;CN=Nadège Boyer:mailto:nadege@example.org
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20240206
SUMMARY:Ménage
END:VEVENT
END:VCALENDAR
"""
#: What Google's archive of calendars holds.
CALENDARS = {"jeremie@example.org.ics": CALENDAR, "Apéros_c_31@group.calendar.google.com.ics": AGENDA}


def archive(entries: Mapping[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these entries, the same whenever it is made."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as written:
        for name, content in entries.items():
            written.writestr(zipfile.ZipInfo(name), content, packed)
    return data.getvalue()


def connections(count: int) -> str:
    """A LinkedIn file of so many people, who all differ."""
    rows = (
        f"Camille{number},Payet{number},https://www.linkedin.com/in/camille-{number},,Agence {number % 40},Graphiste,"
        f"{number % 27 + 1:02} Feb 20{number % 20 + 6:02}\n"
        for number in range(count)
    )
    return LINKEDIN.splitlines(keepends=True)[3] + "".join(rows)


def cards(count: int) -> str:
    """So many cards, of people who all differ."""
    return "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Dominique{number} Grondin{number}\nN:Grondin{number};Dominique{number};;;\n"
        f"ORG:Atelier {number % 30}\nEMAIL:d{number}@example.org\nTEL;TYPE=CELL:0692 {number:06}\nEND:VCARD\n"
        for number in range(count)
    )

"""Lists of attendees as each tool exports them: who is on it, by which address, and each line that is not taken."""

import pytest

from entregent.exchange.contacts import attendees
from entregent.exchange.contacts.attendees import Attendee
from entregent.exchange.contacts.said import Skipped, Unreadable

MEETUP = (
    "Name\tUser ID\tMember ID\tTitle\tLocation\tJoined Group on\t"
    "Last visited group on\t"
    "Last Attended\tTotal RSVPs\n"
    "Karine Payet\tuser 17\t17\t\tSaint-Denis\t01/05/2024\t11/20/2026\t09/24/2026\t7\n"
    "\tuser 18\t18\t\t\t01/06/2024\t11/20/2026\t\t0\n"
)
LUMA = (
    "api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,custom_source,"
    "qr_code_url,amount\n"
    "gst-1,Karine Payet,Karine,Payet,Karine@Example.org,,2026-11-01T08:00:00Z,approved,2026-11-26T15:01:00Z,,,0\n"
    "gst-2,Zoé,,,zoe@example.org,,2026-11-01T08:00:00Z,approved,,,,0\n"
    "gst-3,Paul,Paul,,paul@example.org,,2026-11-01T08:00:00Z,declined,,,,0\n"
    "gst-4,Rose,Rose,,rose@example.org,,2026-11-01T08:00:00Z,pending_approval,,,,0\n"
    "gst-5,Karine P.,Karine,P.,karine@example.org,,2026-11-02T08:00:00Z,approved,,,,0\n"
)
EVENTBRITE = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,"
    "Currency,Total Paid,Attendee Status\n"
    "901,2026-11-01,Karine,Payet,karine@example.org,1,,Entrée,1,,Free Order,EUR,0.00,Checked In\n"
    "901,2026-11-01,Zoé,Técher,karine@example.org,1,,Entrée,2,,Free Order,EUR,0.00,Attending\n"
    "902,2026-11-01,Paul,Hoarau,paul@example.org,1,,Entrée,3,,Free Order,EUR,0.00,Not Attending\n"
)
HELLOASSO = (
    "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;"
    "Prénom payeur;Email payeur;Raison sociale;Moyen de paiement;Billet;Numéro de billet;Tarif;Montant tarif\n"
    "11;04/03/2026 14:25;Validé;Payet;Karine;PAYET;karine;karine@example.org;;Carte;Entrée;71;Plein;5,00\n"
    "11;04/03/2026 14:25;Validé;Payet;Zoé;PAYET;karine;karine@example.org;;Carte;Entrée;72;Plein;5,00\n"
    "12;04/03/2026 14:29;En attente;Hoarau;Paul;Hoarau;Paul;paul@example.org;;Carte;Entrée;73;Plein;5,00\n"
)
MOBILIZON = (
    "Participant name,Participant status,Participant registration date,Participant message\n"
    "Karine Payet,Participant,2026-11-01 08:00:00,\n"
    "Zoé,Creator,2026-11-01 07:00:00,\n"
    'Paul,Not approved,2026-11-01 08:00:00,"Je peux venir ?\n\nÀ deux."\n'
    "Rose,Rejected,2026-11-01 08:00:00,\n"
)
HIEVENTS = (
    "ID,First Name,Last Name,Email,Status,Is Checked In,Checked In At,Product ID,Product Name,Event ID,Public ID,"
    "Short ID\n"
    "1,Karine,Payet,karine@example.org,ACTIVE,Yes,2026-11-26 15:00,1,Entrée,1,A-1,a_1\n"
    "2,Paul,Hoarau,paul@example.org,CANCELLED,No,,1,Entrée,1,A-2,a_2\n"
)
KARINE = "karine@example.org"


def people(text: str, encoding: str = "utf-8") -> tuple[str, list[tuple[int, str, str]], list[tuple[int, str]]]:
    roll = attendees.read(text.encode(encoding))
    said = [(one.line, one.name, one.mail) for one in roll.people]
    return roll.source, said, [(one.line, one.reason) for one in roll.skipped]


@pytest.mark.parametrize(
    ("text", "source", "there", "skipped"),
    [
        (MEETUP, "meetup", [(2, "Karine Payet", "")], [(3, "nameless")]),
        (
            LUMA,
            "luma",
            [(2, "Karine Payet", KARINE), (3, "Zoé", "zoe@example.org")],
            [(4, "no_seat"), (5, "no_seat"), (6, "twice")],
        ),
        (EVENTBRITE, "eventbrite", [(2, "Karine Payet", KARINE)], [(3, "twice"), (4, "no_seat")]),
        (HELLOASSO, "helloasso", [(2, "Karine Payet", KARINE), (3, "Zoé Payet", "")], [(4, "no_seat")]),
        (MOBILIZON, "mobilizon", [(2, "Karine Payet", ""), (3, "Zoé", "")], [(4, "no_seat"), (7, "no_seat")]),
        (HIEVENTS, "hievents", [(2, "Karine Payet", KARINE)], [(3, "no_seat")]),
    ],
    ids=["meetup", "luma", "eventbrite", "helloasso", "mobilizon", "hievents"],
)
def test_each_tool_says_who_had_a_seat_and_each_other_line_has_its_reason(text, source, there, skipped):
    assert people(text) == (source, there, skipped)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_in_the_encodings_in_which_tools_write(encoding):
    assert people(MEETUP.replace("Karine", "Élodie"), encoding)[1] == [(2, "Élodie Payet", "")]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Prénom,Nom,Adresse e-mail,Statut", "Karine,Payet,karine@example.org,Confirmé"),
        ("Statut;E-mail;Nom du participant", "Participant;karine@example.org;Karine Payet"),
        ("Full Name\tEmail address", "Karine Payet\tkarine@example.org"),
    ],
)
def test_headers_are_found_in_either_language_and_any_order(header, cells):
    assert people(f"Liste de la soirée\n\n{header}\n{cells}\n")[1] == [(4, "Karine Payet", KARINE)]


@pytest.mark.parametrize(
    "status", ["No", "Non", "waitlist", "Annulée", "Remboursé", "Non confirmé·e", "AWAITING_PAYMENT"]
)
def test_whoever_had_no_seat_is_left_out_with_the_reason(status):
    assert people(f"name,status\nPaul,{status}\n")[1:] == ([], [(2, "no_seat")])


@pytest.mark.parametrize("status", ["", "yes", "Oui", "Attending", "Validé", "participant", "Noémie"])
def test_any_other_standing_is_a_seat(status):
    assert people(f"name,status\nPaul,{status}\n")[1:] == ([(2, "Paul", "")], [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"a,b\n1,2\n", "nobody_named"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),
        (b"name,email\n" + b"".join(b"a%d,\n" % n for n in range(2001)), "too_many_attendees"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_reason(data, reason):
    with pytest.raises(Unreadable) as refused:
        attendees.read(data)
    assert refused.value.reason == reason


def test_a_line_of_another_shape_or_size_is_told_by_its_number():
    roll = attendees.read(f"name,email,note\nKarine,,\nthe end\nZoe,,{'x' * 31_000}\n".encode())
    assert roll.people == (Attendee(2, "Karine"),)
    assert roll.skipped == (Skipped(3, "not_a_row"), Skipped(4, "long_cell"))

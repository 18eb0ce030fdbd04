"""The words of our trade as data: those that say nothing, other spellings, and plain speech that means the same.

Written by hand and read again by people of the trade; add to it freely. Every word is written as `stems.fold`
leaves it: small letters, no accents, no apostrophes. Nothing is learnt from what members write.
"""

#: Words that carry no topic in French or in English. Left out of what is indexed and of what is asked.
#: A word that says something in the other language ("main", "port", "may") stays out of this list.
STOP_WORDS = frozenset(
    """
    a ai aie aient ainsi ais ait alors apres as au aucun aucune aujourdhui auquel aura aurai aurais aurait aussi autre
    autres aux avaient avais avait avant avec avoir avons ayant bah beaucoup ben bien bon bonne bref ca car ce ceci cela
    celle celles celui ces cet cette ceux chaque chez comme comment dans de deja depuis des desormais deux dit dois doit
    donc dont du durant elle elles en encore ensuite entre es est et etaient etais etait etant ete etes etre eu eux
    fait fais faire fois font hein hier ici il ils jai je jusqu jusque la le les leur leurs lors lorsqu lorsque lui ma
    maintenant mais me meme memes mes mien mienne moi moins mon ne ni nos notre nous on ont or ou oui par parce parmi
    pas pendant peu peut peux plus pour pourquoi presque puis puisqu puisque qu quand que quel quelle quelles quels
    qui quoi quoiqu quoique rien sa sans se sera serai serais serait ses si sien sienne soi sois soit sommes son sont
    souvent suis sur surtout ta tandis te tel telle tes toi ton toujours tous tout toute toutes tres trop tu un une va
    vais vas vers via voila voici vont vos votre vous vraiment y
    about above after again all also am an and any are around at be because been before being below between both but
    by can could did do does doing done down during each few for from further had has have having he her here hers him
    his how i if im in into is it its ive just like me more most my no nor not now of off once only or other our ours
    out over own same she should so some still such than that the their theirs them then there these they this those
    through to too under until up us very was we were what when where which while who whom why will with would you your
    yours
    """.split()
)

#: The words with which one asks: left out of a question, as long as something else remains in it.
ASKING_WORDS = frozenset(
    """
    aide aider aimerais aimerait besoin bonjour cherche chercher cherchons connais connaissent connaissez connait
    connaitre contact contacts envie faudrait faut gens merci personne personnes plait pourrait
    pourrais quelqu quelque quelques qqn qqun recherche rencontrer retrouver sache sachant saurait sait sais savoir stp
    svp trouve trouver truc trucs veut veux voudrais voudrait
    anybody anyone find help know knows look looking meet need needed needs people person please somebody someone
    thanks want wants
    """.split()
)

#: Words of somebody who looks for a job: such a question is not for the people of the employer from whom one shields.
JOB_WORDS = frozenset(
    """
    boulot carriere cdd cdi demission debauche emploi embauche ennui ennuie job licenciement marre poste recrute
    recrutement reconversion salaire taf taff travail career hiring recruiter
    """.split()
)

#: Names that punctuation would break, or a small word would tell apart, and what stands for them.
SPELLINGS = (
    ("c++", "cplusplus"),
    ("c#", "csharp"),
    ("f#", "fsharp"),
    (".net", "dotnet"),
    ("r&d", "rnd"),
    ("la poste", "laposte"),
    ("bureau de poste", "bureau laposte"),
    ("l est", "coteest"),
    ("cote est", "coteest"),
)

#: Words that a stemmer would bend into another: "devis" is no "dev".
UNBENT = frozenset({"devis"})

#: Acronyms that are a small word when written small: read only where the writer used capitals on purpose.
ACRONYMS = (("IT", "informatique"), ("AI", "ia"))

#: One line holds words that people use for one another. A word may stand on several lines; who asks for one is
#: shown the others too, below those who used the very word. Genders, plurals and verb endings need no line.
KIN = (
    # work, as one speaks of it
    "poste emploi boulot job travail taf work",
    "recrute embauche engage rh drh hiring hire",
    "ennuie lasse marre bouge changer tourne bored",
    "stage stagiaire alternance alternant apprenti apprentissage etudiant internship trainee student",
    "freelance independant autoentrepreneur microentreprise freelancer",
    "mission contrat prestation presta renfort extra",
    "associe cofondateur cofounder partenaire",
    # who decides
    "responsable manager encadrer encadrement lead chef",
    "patron boss gerant dirigeant fondateur directeur founder ceo pdg",
    # trades
    "developpeur dev programmeur codeur coder informaticien developer programmer software",
    "graphiste designer design webdesigner infographiste maquettiste graphic illustrateur",
    "ux ui ergonome ergonomie interface",
    "integrateur frontend html css",
    "seo referencement referenceur",
    "commercial vendeur vente vendre sales business",
    "compte clientele client account customer",
    "redacteur redaction plume copywriter contenu ecrire texte writer",
    "photographe photo photographer",
    "video videaste filmer tournage cadreur montage monteur",
    "formateur formation former enseigner enseignant prof cours teacher training",
    "traducteur traduction translator",
    "communication com",
    "publicite pub advertising",
    "sociaux social instagram facebook tiktok",
    "hebergement hebergeur serveur cloud hosting devops sysadmin",
    "cybersecurite securite piratage pirate security",
    # things
    "application appli app mobile android ios",
    "ecommerce boutique magasin shop prestashop woocommerce shopify",
    "cartographie cartographe carte map sig gis geomatique geomaticien",
    "accessibilite accessible a11y rgaa handicap accessibility",
    "donnees data",
    "ia chatgpt llm",
    "tarif prix devis quote price",
    "pei local",
)

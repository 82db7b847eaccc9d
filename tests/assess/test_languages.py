"""Each language of the watched law: one example, in official style, for each rule of reading.

A table of language, rule and sentence. What a rule expects is the same in every language:
see `test_a_rule_reads_its_language`. The traps (not forbidden, forbidden without a licence,
forbidden at schools) show that a ban is read only where the law is one.
"""

import pytest

from regstatus.assess import assess
from regstatus.model.text import Passage, Text
from regstatus.model.words import Format

RULES = {
    "names": "the plant and both alkaloids are found under their names, inflected",
    "schedule": "an entry under the heading of a schedule is listed in it",
    "except": "what a list excepts is excluded",
    "apply": "what a law does not apply to is excluded",
    "repealed": "a repealed entry says nothing",
    "definition": "a definition lists nothing",
    "ban": "an outright ban of sale, possession and import",
    "allowed": "what is not forbidden is not banned",
    "licence": "what needs a licence is not banned outright",
    "school": "what is forbidden at schools is not banned outright",
    "age": "the age of sale, which bans nothing outright",
    "alkaloid": "an alkaloid is listed though the leaf is left out beside it",
    "removed": "a sentence that takes a name out of a list lists nothing",
    "denied": "what is said to be no narcotic is not listed",
    "besides": "other words by which a list leaves something out",
    "struck": "another mark of a repealed entry",
    "placed": "a sentence that places a name in a list, or calls it a narcotic, lists it",
}
"""What every language must have an example of. Latin only names plants."""

EXAMPLES = {
    "la": {
        "names": "Folium Mitragynae speciosae; Mitragyna speciosa Korth.; mitragyninum; 7-hydroxymitragyninum",
    },
    "en": {
        "names": "kratom, mitragynine and 7-hydroxymitragynine",
        "schedule": ("Schedule I", "Controlled substances", "Mitragynine", "I"),
        "except": "Plants of the genus Mitragyna, except for kratom.",
        "apply": "This Act does not apply to kratom.",
        "repealed": "(4) [Repealed] Kratom.",
        "definition": "“Kratom” means the leaf of the plant Mitragyna speciosa.",
        "ban": "The sale, possession and import of kratom is prohibited.",
        "allowed": "The sale of kratom is not prohibited.",
        "licence": "The sale of kratom without a licence is prohibited.",
        "school": "The sale of kratom on school premises is prohibited.",
        "age": "No person shall sell kratom to a person under 18 years of age.",
        "alkaloid": "Mitragynine, except the leaf of Mitragyna speciosa.",
        "removed": "Kratom is removed from Schedule I of the controlled substances.",
        "denied": "Kratom shall no longer be listed as a controlled substance in Schedule I.",
        "besides": "Plants of the genus Mitragyna, other than kratom.",
        "struck": "4. Kratom [Deleted]",
        "placed": "Kratom is hereby classified as a controlled substance.",
    },
    "cs": {
        "names": "kratomu, mitragyninu a 7-hydroxymitragyninu",
        "schedule": ("Příloha č. 4", "Seznam psychotropních látek", "Mitragynin", "Příloha č. 4"),
        "except": "Rostliny rodu Mitragyna, s výjimkou kratomu.",
        "apply": "Tento zákon se nevztahuje na kratom.",
        "repealed": "4. Kratom (zrušeno)",
        "definition": "Kratomem se pro účely tohoto zákona rozumí list rostliny Mitragyna speciosa.",
        "ban": "Zakazuje se prodej, držení a dovoz kratomu.",
        "allowed": "Prodej kratomu není zakázán.",
        "licence": "Zakazuje se prodej kratomu bez povolení.",
        "school": "Zakazuje se prodej kratomu ve školách a školských zařízeních.",
        "age": "Zakazuje se prodávat kratom osobě mladší osmnácti let.",
        "alkaloid": "Mitragynin, s výjimkou listů rostliny Mitragyna speciosa.",
        "removed": "V příloze č. 4 v seznamu psychotropních látek se zrušuje položka „Kratom“.",
        "denied": "Kratom se nepovažuje za psychotropní látku.",
        "besides": "Rostliny rodu Mitragyna, vyjma kratomu.",
        "struck": "4. Kratom (vypuštěno)",
        "placed": "V příloze č. 4 v seznamu psychotropních látek se vkládá položka „Kratom“.",
    },
    "sk": {
        "names": "kratomu, mitragynínu a 7-hydroxymitragynínu",
        "schedule": ("Príloha č. 1", "Zoznam psychotropných látok", "Mitragynín", "Príloha č. 1"),
        "except": "Rastliny rodu Mitragyna okrem kratomu.",
        "apply": "Tento zákon sa nevzťahuje na kratom.",
        "repealed": "4. Kratom (zrušené)",
        "definition": "Kratomom sa na účely tohto zákona rozumie list rastliny Mitragyna speciosa.",
        "ban": "Zakazuje sa predaj, držba a dovoz kratomu.",
        "allowed": "Predaj kratomu nie je zakázaný.",
        "licence": "Zakazuje sa predaj kratomu bez povolenia.",
        "school": "Zakazuje sa predaj kratomu v školách.",
        "age": "Zakazuje sa predávať kratom osobám mladším ako 18 rokov.",
        "alkaloid": "Mitragynín okrem listov rastliny Mitragyna speciosa.",
        "removed": "V prílohe č. 1 v zozname psychotropných látok sa vypúšťa položka „Kratom“.",
        "denied": "Kratom sa nepovažuje za psychotropnú látku.",
        "besides": "Rastliny rodu Mitragyna s výnimkou kratomu.",
        "struck": "4. Kratom (vypustený)",
        "placed": "Kratom sa považuje za psychotropnú látku.",
    },
    "pl": {
        "names": "kratomu, mitragyniny i 7-hydroksymitragyniny",
        "schedule": (
            "Załącznik nr 1",
            "Wykaz substancji psychotropowych",
            "Mitragynina",
            "Załącznik nr 1",
        ),
        "except": "Rośliny z rodzaju Mitragyna, z wyjątkiem kratomu.",
        "apply": "Przepisów ustawy nie stosuje się do kratomu.",
        "repealed": "4) kratom (uchylony)",
        "definition": "Przez kratom należy rozumieć liście rośliny Mitragyna speciosa.",
        "ban": "Zabrania się sprzedaży, posiadania i przywozu kratomu.",
        "allowed": "Nie zabrania się sprzedaży kratomu.",
        "licence": "Zabrania się sprzedaży kratomu bez zezwolenia.",
        "school": "Zabrania się sprzedaży kratomu na terenie szkół.",
        "age": "Zabrania się sprzedaży kratomu osobom poniżej 18. roku życia.",
        "alkaloid": "Mitragynina, z wyjątkiem liści rośliny Mitragyna speciosa.",
        "removed": "W wykazie substancji psychotropowych skreśla się kratom.",
        "denied": "Kratom nie jest substancją psychotropową.",
        "besides": "Rośliny z rodzaju Mitragyna, oprócz kratomu.",
        "struck": "4) kratom (skreślony)",
        "placed": "W wykazie substancji psychotropowych dodaje się kratom.",
    },
    "sv": {
        "names": "kratom, mitragyninet och 7-hydroximitragynin",
        "schedule": ("Bilaga 1", "Förteckning över narkotika", "mitragynin", "Bilaga 1"),
        "except": "Växter av släktet Mitragyna, med undantag för kratom.",
        "apply": "Förordningen gäller inte kratom.",
        "repealed": "4. Kratom (upphävd)",
        "definition": "Med kratom avses i denna lag blad av växten Mitragyna speciosa.",
        "ban": "Det är förbjudet att sälja, inneha och föra in kratom.",
        "allowed": "Det är inte förbjudet att sälja kratom.",
        "licence": "Det är förbjudet att sälja kratom utan tillstånd.",
        "school": "Det är förbjudet att sälja kratom på skolor.",
        "age": "Kratom får inte säljas till den som inte har fyllt 18 år.",
        "alkaloid": "mitragynin, med undantag för blad av Mitragyna speciosa",
        "removed": "Kratom ska utgå ur förteckningen över narkotika.",
        "denied": "Kratom ska inte längre anses som narkotika.",
        "besides": "Växter av släktet Mitragyna, dock inte kratom.",
        "struck": "4. Kratom (utgått)",
        "placed": "Kratom förklaras vara narkotika.",
    },
    "da": {
        "names": "kratom, mitragynin og 7-hydroxymitragynin",
        "schedule": ("Bilag 1", "Liste over euforiserende stoffer", "Mitragynin", "Bilag 1"),
        "except": "Planter af slægten Mitragyna, bortset fra kratom.",
        "apply": "Bekendtgørelsen finder ikke anvendelse på kratom.",
        "repealed": "4) Kratom (ophævet)",
        "definition": "Ved kratom forstås i denne lov blade af planten Mitragyna speciosa.",
        "ban": "Salg, besiddelse og indførsel af kratom er forbudt.",
        "allowed": "Salg af kratom er ikke forbudt.",
        "licence": "Salg af kratom uden tilladelse er forbudt.",
        "school": "Salg af kratom på skoler er forbudt.",
        "age": "Kratom må ikke sælges til personer under 18 år.",
        "alkaloid": "Mitragynin, bortset fra blade af Mitragyna speciosa",
        "removed": "Kratom udgår af listen over euforiserende stoffer.",
        "denied": "Kratom anses ikke for et euforiserende stof.",
        "besides": "Planter af slægten Mitragyna, dog ikke kratom.",
        "struck": "4) Kratom (udgået)",
        "placed": "Kratom optages på bilag 1, liste B.",
    },
    "no": {
        "names": "kratom, mitragynin og 7-hydroksymitragynin",
        "schedule": ("Vedlegg 1", "Liste over narkotika", "Mitragynin", "Vedlegg 1"),
        "except": "Planter av slekten Mitragyna, med unntak av kratom.",
        "apply": "Forskriften gjelder ikke for kratom.",
        "repealed": "4. Kratom (opphevet)",
        "definition": "Med kratom menes i denne forskriften blader av planten Mitragyna speciosa.",
        "ban": "Det er forbudt å selge, besitte og innføre kratom.",
        "allowed": "Det er ikke forbudt å selge kratom.",
        "licence": "Det er forbudt å selge kratom uten tillatelse.",
        "school": "Det er forbudt å selge kratom på skoler.",
        "age": "Kratom skal ikke selges til personer som ikke har fylt 18 år.",
        "alkaloid": "Mitragynin, med unntak av blader av Mitragyna speciosa",
        "removed": "Kratom strykes fra listen over narkotika.",
        "denied": "Kratom er ikke narkotika.",
        "besides": "Planter av slekten Mitragyna, men ikke kratom.",
        "struck": "4. Kratom (slettet)",
        "placed": "Kratom skal anses som narkotika.",
    },
    "is": {
        "names": "kratom, mítragýnín og 7-hýdroxýmítragýnín",
        "schedule": ("Fylgiskjal I", "Ávana- og fíkniefni", "Mitragynine", "Fylgiskjal I"),
        "except": "Plöntur af ættkvíslinni Mitragyna, að undanskildu kratom.",
        "apply": "Reglugerð þessi gildir ekki um kratom.",
        "repealed": "4. Kratom (fellt brott)",
        "definition": "Með kratom er í lögum þessum átt við lauf plöntunnar Mitragyna speciosa.",
        "ban": "Sala, varsla og innflutningur kratom er bannaður.",
        "allowed": "Sala kratom er ekki bönnuð.",
        "licence": "Sala kratom án leyfis er bönnuð.",
        "school": "Sala kratom í skólum er bönnuð.",
        "age": "Bannað er að selja kratom einstaklingum yngri en 18 ára.",
        "alkaloid": "Mitragynine, að undanskildum laufum plöntunnar Mitragyna speciosa",
        "removed": "Kratom fellur brott af lista yfir ávana- og fíkniefni.",
        "denied": "Kratom telst ekki til ávana- og fíkniefna.",
        "besides": "Plöntur af ættkvíslinni Mitragyna, þó ekki kratom.",
        "struck": "4. Kratom (fellt út)",
        "placed": "Kratom telst til ávana- og fíkniefna.",
    },
    "fi": {
        "names": "kratomin, mitragyniinin ja 7-hydroksimitragyniinin",
        "schedule": ("Liite 1", "Huumausaineina pidettävät aineet", "Mitragyniini", "Liite 1"),
        "except": "Mitragyna-suvun kasvit, lukuun ottamatta kratomia.",
        "apply": "Tätä lakia ei sovelleta kratomiin.",
        "repealed": "4) Kratom (kumottu)",
        "definition": "Kratomilla tarkoitetaan tässä laissa Mitragyna speciosa -kasvin lehtiä.",
        "ban": "Kratomin myynti, hallussapito ja maahantuonti on kielletty.",
        "allowed": "Kratomin myynti ei ole kielletty.",
        "licence": "Kratomin myynti ilman lupaa on kielletty.",
        "school": "Kratomin myynti kouluissa on kielletty.",
        "age": "Kratomia ei saa myydä henkilölle, joka ei ole täyttänyt 18 vuotta.",
        "alkaloid": "Mitragyniini, lukuun ottamatta Mitragyna speciosa -kasvin lehtiä",
        "removed": "Kratom poistetaan huumausaineluettelosta.",
        "denied": "Kratom ei ole huumausaine.",
        "besides": "Mitragyna-suvun kasvit, paitsi kratom.",
        "struck": "4) Kratom (poistettu)",
        "placed": "Kratom on huumausaine.",
    },
    "et": {
        "names": "kratomi, mitragüniini ja 7-hüdroksümitragüniini",
        "schedule": (
            "Lisa 1",
            "Narkootiliste ja psühhotroopsete ainete nimekirjad",
            "Mitragüniin",
            "Lisa 1",
        ),
        "except": "Perekonna Mitragyna taimed, välja arvatud kratom.",
        "apply": "Seadust ei kohaldata kratomi suhtes.",
        "repealed": "4) Kratom (kehtetu)",
        "definition": "Kratomi all mõistetakse käesolevas seaduses taime Mitragyna speciosa lehti.",
        "ban": "Kratomi müük, valdamine ja sissevedu on keelatud.",
        "allowed": "Kratomi müük ei ole keelatud.",
        "licence": "Kratomi müük ilma loata on keelatud.",
        "school": "Kratomi müük koolis on keelatud.",
        "age": "Keelatud on müüa kratomit alla 18-aastasele isikule.",
        "alkaloid": "Mitragüniin, välja arvatud taime Mitragyna speciosa lehed",
        "removed": "Narkootiliste ainete nimekirjast jäetakse kratom välja.",
        "denied": "Kratom ei ole narkootiline aine.",
        "besides": "Perekonna Mitragyna taimed, v.a kratom.",
        "struck": "4) Kratom (välja jäetud)",
        "placed": "Kratom on narkootiline aine.",
    },
    "lv": {
        "names": "kratoma, mitraginīna un 7-hidroksimitraginīna",
        "schedule": (
            "1. pielikums",
            "Narkotisko vielu un psihotropo vielu saraksti",
            "Mitraginīns",
            "1. pielikums",
        ),
        "except": "Mitragyna ģints augi, izņemot kratomu.",
        "apply": "Šis likums neattiecas uz kratomu.",
        "repealed": "4. Kratoms (zaudējis spēku)",
        "definition": "Šā likuma izpratnē kratoms ir auga Mitragyna speciosa lapas.",
        "ban": "Aizliegta kratoma pārdošana, glabāšana un ievešana.",
        "allowed": "Kratoma pārdošana nav aizliegta.",
        "licence": "Aizliegta kratoma pārdošana bez licences.",
        "school": "Aizliegta kratoma pārdošana skolās.",
        "age": "Aizliegts pārdot kratomu personām, kas jaunākas par 18 gadiem.",
        "alkaloid": "Mitraginīns, izņemot auga Mitragyna speciosa lapas",
        "removed": "No narkotisko vielu saraksta svītro kratomu.",
        "denied": "Kratoms nav narkotiska viela.",
        "besides": "Mitragyna ģints augi, neskaitot kratomu.",
        "struck": "4. Kratoms (izslēgts)",
        "placed": "Kratoms ir uzskatāms par narkotisku vielu.",
    },
    "lt": {
        "names": "kratomo, mitragininas ir 7-hidroksimitragininas",
        "schedule": (
            "I sąrašas",
            "Narkotinės ir psichotropinės medžiagos",
            "Mitragininas",
            "I sąrašas",
        ),
        "except": "Mitragyna genties augalai, išskyrus kratomą.",
        "apply": "Šis įstatymas netaikomas kratomui.",
        "repealed": "4. Kratomas (neteko galios)",
        "definition": "Šiame įstatyme kratomas suprantamas kaip augalo Mitragyna speciosa lapai.",
        "ban": "Draudžiamas kratomo pardavimas, laikymas ir įvežimas.",
        "allowed": "Kratomo pardavimas nedraudžiamas.",
        "licence": "Draudžiamas kratomo pardavimas be leidimo.",
        "school": "Draudžiamas kratomo pardavimas mokyklose.",
        "age": "Draudžiama parduoti kratomą asmenims, jaunesniems kaip 18 metų.",
        "alkaloid": "Mitragininas, išskyrus augalo Mitragyna speciosa lapus",
        "removed": "Iš narkotinių medžiagų sąrašo išbraukiamas kratomas.",
        "denied": "Kratomas nelaikomas narkotine medžiaga.",
        "besides": "Mitragyna genties augalai, neįskaitant kratomo.",
        "struck": "4. Kratomas (išbrauktas)",
        "placed": "Kratomas įrašytas į narkotinių medžiagų sąrašą.",
    },
    "de": {
        "names": "Kratompulvers, Mitragynins und 7-Hydroxymitragynin",
        "schedule": ("Anlage I", "Nicht verkehrsfähige Betäubungsmittel", "Mitragynin", "Anlage I"),
        "except": "Pflanzen der Gattung Mitragyna, ausgenommen Kratom.",
        "apply": "Diese Verordnung gilt nicht für Kratom.",
        "repealed": "4. Kratom (weggefallen)",
        "definition": "Kratom im Sinne dieses Gesetzes sind die Blätter der Pflanze Mitragyna speciosa.",
        "ban": "Verkauf, Besitz und Einfuhr von Kratom sind verboten.",
        "allowed": "Der Verkauf von Kratom ist nicht verboten.",
        "licence": "Der Verkauf von Kratom ohne Erlaubnis ist verboten.",
        "school": "Der Verkauf von Kratom an Schulen ist verboten.",
        "age": "Die Abgabe von Kratom an Personen unter 18 Jahren ist verboten.",
        "alkaloid": "Mitragynin, ausgenommen die Blätter von Mitragyna speciosa",
        "removed": "In Anlage I des Betäubungsmittelgesetzes wird die Position „Kratom“ gestrichen.",
        "denied": "Kratom ist kein Betäubungsmittel.",
        "besides": "Pflanzen der Gattung Mitragyna, jedoch nicht Kratom.",
        "struck": "4. Kratom (gestrichen)",
        "placed": "Kratom wird in Anlage I des Betäubungsmittelgesetzes aufgenommen.",
    },
    "nl": {
        "names": "kratom, mitragynine en 7-hydroxymitragynine",
        "schedule": ("Lijst I", "Verdovende middelen en drugs", "mitragynine", "Lijst I"),
        "except": "Planten van het geslacht Mitragyna, met uitzondering van kratom.",
        "apply": "Dit besluit is niet van toepassing op kratom.",
        "repealed": "4. Kratom (vervallen)",
        "definition": "In deze wet wordt onder kratom verstaan: het blad van Mitragyna speciosa.",
        "ban": "De verkoop, het bezit en de invoer van kratom zijn verboden.",
        "allowed": "De verkoop van kratom is niet verboden.",
        "licence": "De verkoop van kratom zonder vergunning is verboden.",
        "school": "De verkoop van kratom op scholen is verboden.",
        "age": "De verkoop van kratom aan personen jonger dan 18 jaar is verboden.",
        "alkaloid": "mitragynine, met uitzondering van de bladeren van Mitragyna speciosa",
        "removed": "Op lijst I van de verdovende middelen vervalt kratom.",
        "denied": "Kratom is geen verdovend middel.",
        "besides": "Planten van het geslacht Mitragyna, behalve kratom.",
        "struck": "4. Kratom (geschrapt)",
        "placed": "Aan lijst I van de verdovende middelen wordt toegevoegd kratom.",
    },
    "fr": {
        "names": "du kratom, de la mitragynine et de la 7-hydroxymitragynine",
        "schedule": (
            "Annexe I",
            "Substances classées comme stupéfiants",
            "Mitragynine",
            "Annexe I",
        ),
        "except": "Plantes du genre Mitragyna, à l'exception du kratom.",
        "apply": "Le présent arrêté ne s'applique pas au kratom.",
        "repealed": "4. Kratom (abrogé)",
        "definition": "Au sens de la présente loi, on entend par kratom les feuilles de Mitragyna speciosa.",
        "ban": "La vente, la détention et l'importation de kratom sont interdites.",
        "allowed": "La vente de kratom n'est pas interdite.",
        "licence": "La vente de kratom sans autorisation est interdite.",
        "school": "La vente de kratom dans les écoles est interdite.",
        "age": "La vente de kratom aux mineurs de moins de dix-huit ans est interdite.",
        "alkaloid": "Mitragynine, à l'exception des feuilles de Mitragyna speciosa",
        "removed": "Est supprimée de l'annexe I des stupéfiants la plante suivante : kratom.",
        "denied": "Le kratom n'est pas un stupéfiant.",
        "besides": "Plantes du genre Mitragyna, sauf le kratom.",
        "struck": "4. Kratom (supprimé)",
        "placed": "Le kratom est classé comme stupéfiant.",
    },
    "it": {
        "names": "kratom, mitraginina e 7-idrossimitraginina",
        "schedule": ("Tabella I", "Sostanze stupefacenti o psicotrope", "Mitraginina", "Tabella I"),
        "except": "Piante del genere Mitragyna, ad eccezione del kratom.",
        "apply": "Il presente decreto non si applica al kratom.",
        "repealed": "4. Kratom (abrogato)",
        "definition": "Ai fini della presente legge si intende per kratom la foglia di Mitragyna speciosa.",
        "ban": "Sono vietate la vendita, la detenzione e l'importazione di kratom.",
        "allowed": "Non è vietata la vendita di kratom.",
        "licence": "È vietata la vendita di kratom senza autorizzazione.",
        "school": "È vietata la vendita di kratom nelle scuole.",
        "age": "È vietata la vendita di kratom ai minori di anni diciotto.",
        "alkaloid": "Mitraginina, ad eccezione delle foglie di Mitragyna speciosa",
        "removed": "Dalla tabella I è espunta la seguente sostanza stupefacente: kratom.",
        "denied": "Il kratom non è una sostanza stupefacente.",
        "besides": "Piante del genere Mitragyna, ad esclusione del kratom.",
        "struck": "4. Kratom (espunto)",
        "placed": "Il kratom è inserito nella tabella I delle sostanze stupefacenti.",
    },
    "es": {
        "names": "kratom, mitraginina y 7-hidroximitraginina",
        "schedule": (
            "Lista I",
            "Sustancias estupefacientes y psicotrópicas",
            "Mitraginina",
            "Lista I",
        ),
        "except": "Plantas del género Mitragyna, a excepción del kratom.",
        "apply": "La presente ley no se aplica al kratom.",
        "repealed": "4. Kratom (derogado)",
        "definition": "A los efectos de esta ley se entiende por kratom la hoja de Mitragyna speciosa.",
        "ban": "Queda prohibida la venta, la tenencia y la importación de kratom.",
        "allowed": "No se prohíbe la venta de kratom.",
        "licence": "Queda prohibida la venta de kratom sin autorización.",
        "school": "Queda prohibida la venta de kratom en escuelas.",
        "age": "Queda prohibida la venta de kratom a menores de dieciocho años.",
        "alkaloid": "Mitraginina, a excepción de las hojas de Mitragyna speciosa",
        "removed": "Se excluye de la Lista I de estupefacientes el kratom.",
        "denied": "El kratom no se considera estupefaciente.",
        "besides": "Plantas del género Mitragyna, con exclusión del kratom.",
        "struck": "4. Kratom (excluido)",
        "placed": "Se considera estupefaciente el kratom.",
    },
    "pt": {
        "names": "kratom, mitraginina e 7-hidroximitraginina",
        "schedule": (
            "Anexo I",
            "Substâncias psicotrópicas e estupefacientes",
            "Mitraginina",
            "Anexo I",
        ),
        "except": "Plantas do género Mitragyna, com exceção do kratom.",
        "apply": "A presente lei não se aplica ao kratom.",
        "repealed": "4. Kratom (revogado)",
        "definition": "Para efeitos da presente lei entende-se por kratom a folha de Mitragyna speciosa.",
        "ban": "É proibida a venda, a posse e a importação de kratom.",
        "allowed": "Não é proibida a venda de kratom.",
        "licence": "É proibida a venda de kratom sem autorização.",
        "school": "É proibida a venda de kratom nas escolas.",
        "age": "É proibida a venda de kratom a menores de 18 anos.",
        "alkaloid": "Mitraginina, com exceção das folhas de Mitragyna speciosa",
        "removed": "Fica excluído da Lista F1 das substâncias entorpecentes o kratom.",
        "denied": "O kratom não é considerado substância entorpecente.",
        "besides": "Plantas do género Mitragyna, com exclusão do kratom.",
        "struck": "4. Kratom (excluído pela RDC n.º 1)",
        "placed": "Considera-se entorpecente o kratom.",
    },
    "ro": {
        "names": "kratomului, mitraginină și 7-hidroximitraginină",
        "schedule": (
            "Tabelul nr. I",
            "Substanțe stupefiante și psihotrope",
            "Mitraginina",
            "Tabelul I",
        ),
        "except": "Plante din genul Mitragyna, cu excepția kratomului.",
        "apply": "Prezenta lege nu se aplică kratomului.",
        "repealed": "4. Kratom (abrogat)",
        "definition": "În sensul prezentei legi, prin kratom se înțelege frunza plantei Mitragyna speciosa.",
        "ban": "Se interzice vânzarea, deținerea și importul de kratom.",
        "allowed": "Nu se interzice vânzarea de kratom.",
        "licence": "Se interzice vânzarea de kratom fără autorizație.",
        "school": "Se interzice vânzarea de kratom în școli.",
        "age": "Se interzice vânzarea de kratom persoanelor care nu au împlinit vârsta de 18 ani.",
        "alkaloid": "Mitraginina, cu excepția frunzelor plantei Mitragyna speciosa",
        "removed": "Din Tabelul nr. I al substanțelor stupefiante se elimină kratomul.",
        "denied": "Kratomul nu este considerat substanță stupefiantă.",
        "besides": "Plante din genul Mitragyna, exceptând kratomul.",
        "struck": "4. Kratom (eliminat)",
        "placed": "Kratomul este considerat substanță stupefiantă.",
    },
    "hu": {
        "names": "a kratomot, mitraginint és 7-hidroximitraginint",
        "schedule": ("1. melléklet", "A kábítószerek jegyzéke", "Mitraginin", "1. melléklet"),
        "except": "A Mitragyna nemzetség növényei, kivéve a kratomot.",
        "apply": "E rendelet hatálya nem terjed ki a kratomra.",
        "repealed": "4. Kratom (hatályon kívül helyezve)",
        "definition": "E törvény alkalmazásában kratom: a Mitragyna speciosa növény levele.",
        "ban": "Tilos a kratom értékesítése, birtoklása és behozatala.",
        "allowed": "A kratom értékesítése nem tilos.",
        "licence": "Tilos a kratom értékesítése engedély nélkül.",
        "school": "Tilos a kratom értékesítése iskolákban.",
        "age": "Tilos kratomot értékesíteni tizennyolcadik életévét be nem töltött személynek.",
        "alkaloid": "Mitraginin, kivéve a Mitragyna speciosa levelét",
        "removed": "A kratom a kábítószerek jegyzékéből törlésre kerül.",
        "denied": "A kratom nem minősül kábítószernek.",
        "besides": "A Mitragyna nemzetség növényei a kratom kivételével.",
        "struck": "4. Kratom (törölve)",
        "placed": "A kratom kábítószernek minősül.",
    },
    "tr": {
        "names": "kratomun, mitraginin ve 7-hidroksimitraginin",
        "schedule": ("I sayılı cetvel", "Uyuşturucu maddeler", "Mitraginin", "I sayılı cetvel"),
        "except": "Kratom hariç olmak üzere Mitragyna cinsinden bitkiler.",
        "apply": "Bu Kanun hükümleri kratom hakkında uygulanmaz.",
        "repealed": "4. Kratom (mülga)",
        "definition": "Bu Kanunda geçen kratom, Mitragyna speciosa bitkisinin yaprağını ifade eder.",
        "ban": "Kratomun satışı, bulundurulması ve ithali yasaktır.",
        "allowed": "Kratomun satışı yasak değildir.",
        "licence": "Kratomun izinsiz satışı yasaktır.",
        "school": "Okullarda kratom satışı yasaktır.",
        "age": "On sekiz yaşını doldurmamış kişilere kratom satışı yasaktır.",
        "alkaloid": "Mitraginin, Mitragyna speciosa yaprağı hariç",
        "removed": "Kratom uyuşturucu maddeler listesinden çıkarılmıştır.",
        "denied": "Kratom uyuşturucu madde sayılmaz.",
        "besides": "Mitragyna cinsinden bitkiler, kratom dışında.",
        "struck": "4. Kratom (çıkarıldı)",
        "placed": "Kratom uyuşturucu madde sayılır.",
    },
    "ru": {
        "names": "кратома, митрагинина и 7-гидроксимитрагинина",
        "schedule": ("Список I", "Перечень наркотических средств", "Митрагинин", "Список I"),
        "except": "Растения рода Mitragyna, за исключением кратома.",
        "apply": "Настоящий закон не распространяется на кратом.",
        "repealed": "4. Кратом (утратил силу)",
        "definition": "Под кратомом в настоящем законе понимаются листья растения Mitragyna speciosa.",
        "ban": "Запрещаются продажа, хранение и ввоз кратома.",
        "allowed": "Продажа кратома не запрещена.",
        "licence": "Запрещается продажа кратома без лицензии.",
        "school": "Запрещается продажа кратома в школах.",
        "age": "Запрещается продажа кратома лицам, не достигшим восемнадцати лет.",
        "alkaloid": "Митрагинин, за исключением листьев растения Mitragyna speciosa",
        "removed": "Исключить из Перечня наркотических средств кратом.",
        "denied": "Кратом не является наркотическим средством.",
        "besides": "Растения рода Mitragyna, кроме кратома.",
        "struck": "4. Кратом (исключен)",
        "placed": "Кратом включен в Перечень наркотических средств.",
    },
    "uk": {
        "names": "кратому, мітрагініну та 7-гідроксимітрагініну",
        "schedule": ("Таблиця I", "Перелік наркотичних засобів", "Мітрагінін", "Таблиця I"),
        "except": "Рослини роду Mitragyna, за винятком кратому.",
        "apply": "Цей Закон не поширюється на кратом.",
        "repealed": "4. Кратом (втратив чинність)",
        "definition": "У цьому Законі кратом означає листя рослини Mitragyna speciosa.",
        "ban": "Забороняється продаж, зберігання та ввезення кратому.",
        "allowed": "Продаж кратому не забороняється.",
        "licence": "Забороняється продаж кратому без дозволу.",
        "school": "Забороняється продаж кратому в закладах освіти.",
        "age": "Забороняється продаж кратому особам, які не досягли 18 років.",
        "alkaloid": "Мітрагінін, за винятком листя рослини Mitragyna speciosa",
        "removed": "Виключити з Переліку наркотичних засобів кратом.",
        "denied": "Кратом не є наркотичним засобом.",
        "besides": "Рослини роду Mitragyna, крім кратому.",
        "struck": "4. Кратом (вилучено)",
        "placed": "Кратом включено до Переліку наркотичних засобів.",
    },
    "bg": {
        "names": "кратом, митрагинин и 7-хидроксимитрагинин",
        "schedule": (
            "Приложение № 1",
            "Списък на наркотичните вещества",
            "Митрагинин",
            "Приложение 1",
        ),
        "except": "Растения от род Mitragyna, с изключение на кратом.",
        "apply": "Този закон не се прилага за кратом.",
        "repealed": "4. Кратом (отменен)",
        "definition": "По смисъла на този закон кратом са листата на растението Mitragyna speciosa.",
        "ban": "Забраняват се продажбата, държането и вносът на кратом.",
        "allowed": "Не се забранява продажбата на кратом.",
        "licence": "Забранява се продажбата на кратом без разрешение.",
        "school": "Забранява се продажбата на кратом в училища.",
        "age": "Забранява се продажбата на кратом на лица под 18 години.",
        "alkaloid": "Митрагинин, с изключение на листата на Mitragyna speciosa",
        "removed": "От списъка на наркотичните вещества се заличава кратом.",
        "denied": "Кратомът не е наркотично вещество. Кратом не се счита за наркотично вещество.",
        "besides": "Растения от род Mitragyna, освен кратом.",
        "struck": "4. Кратом (заличен)",
        "placed": "Кратом се счита за наркотично вещество.",
    },
    "sl": {
        "names": "kratoma, mitraginina in 7-hidroksimitraginina",
        "schedule": ("Skupina I", "Seznam prepovedanih drog", "Mitraginin", "Skupina I"),
        "except": "Rastline iz rodu Mitragyna, razen kratoma.",
        "apply": "Ta zakon se ne uporablja za kratom.",
        "repealed": "4. Kratom (črtano)",
        "definition": "Kratom v tem zakonu pomeni liste rastline Mitragyna speciosa.",
        "ban": "Prodaja, posest in uvoz kratoma so prepovedani.",
        "allowed": "Prodaja kratoma ni prepovedana.",
        "licence": "Prodaja kratoma brez dovoljenja je prepovedana.",
        "school": "Prodaja kratoma v šolah je prepovedana.",
        "age": "Prepovedana je prodaja kratoma osebam, mlajšim od 18 let.",
        "alkaloid": "Mitraginin, razen listov rastline Mitragyna speciosa",
        "removed": "S seznama prepovedanih drog se črta kratom.",
        "denied": "Kratom ni prepovedana droga.",
        "besides": "Rastline iz rodu Mitragyna, z izjemo kratoma.",
        "struck": "4. Kratom (izbrisano)",
        "placed": "Kratom se uvrsti na seznam prepovedanih drog.",
    },
    "hr": {
        "names": "kratoma, mitraginina i 7-hidroksimitraginina",
        "schedule": ("Prilog 1", "Popis droga i psihotropnih tvari", "Mitraginin", "Prilog 1"),
        "except": "Biljke iz roda Mitragyna, osim kratoma.",
        "apply": "Ovaj se Zakon ne primjenjuje na kratom.",
        "repealed": "4. Kratom (brisano)",
        "definition": "Pod kratomom se u ovom Zakonu podrazumijevaju listovi biljke Mitragyna speciosa.",
        "ban": "Zabranjena je prodaja, posjedovanje i uvoz kratoma.",
        "allowed": "Prodaja kratoma nije zabranjena.",
        "licence": "Zabranjena je prodaja kratoma bez odobrenja.",
        "school": "Zabranjena je prodaja kratoma u školama.",
        "age": "Zabranjena je prodaja kratoma osobama mlađima od 18 godina.",
        "alkaloid": "Mitraginin, osim listova biljke Mitragyna speciosa",
        "removed": "S Popisa droga i psihotropnih tvari briše se kratom.",
        "denied": "Kratom se ne smatra psihotropnom tvari.",
        "besides": "Biljke iz roda Mitragyna, izuzev kratoma.",
        "struck": "4. Kratom (ukinuto)",
        "placed": "Kratom se smatra psihotropnom tvari.",
    },
    "sr": {
        "names": "кратома, митрагинина и 7-хидроксимитрагинина",
        "schedule": (
            "Листа 1",
            "Списак психоактивних контролисаних супстанци",
            "Митрагинин",
            "Листа 1",
        ),
        "except": "Биљке из рода Mitragyna, осим кратома.",
        "apply": "Овај закон не примењује се на кратом.",
        "repealed": "4. Кратом (брисано)",
        "definition": "Под кратомом се у овом закону подразумевају листови биљке Mitragyna speciosa.",
        "ban": "Забрањена је продаја, држање и увоз кратома.",
        "allowed": "Продаја кратома није забрањена.",
        "licence": "Забрањена је продаја кратома без дозволе.",
        "school": "Забрањена је продаја кратома у школама.",
        "age": "Забрањена је продаја кратома лицима млађим од 18 година.",
        "alkaloid": "Митрагинин, осим листова биљке Mitragyna speciosa",
        "removed": "Са Списка психотропних супстанци брише се кратом.",
        "denied": "Кратом се не сматра психотропном супстанцом.",
        "besides": "Биљке из рода Mitragyna, изузев кратома.",
        "struck": "4. Кратом (укинуто)",
        "placed": "Кратом се сматра психотропном супстанцом.",
    },
    "el": {
        "names": "κράτομ, μιτραγυνίνης και 7-υδροξυμιτραγυνίνης",
        "schedule": ("ΠΙΝΑΚΑΣ Α΄", "Ναρκωτικές ουσίες", "Μιτραγυνίνη", "Πίνακας Α"),
        "except": "Φυτά του γένους Mitragyna, εκτός από το κράτομ.",
        "apply": "Ο παρών νόμος δεν εφαρμόζεται στο κράτομ.",
        "repealed": "4. Κράτομ (καταργήθηκε)",
        "definition": "Για την εφαρμογή του παρόντος νόμου ως κράτομ νοούνται τα φύλλα του Mitragyna speciosa.",
        "ban": "Απαγορεύεται η πώληση, η κατοχή και η εισαγωγή κράτομ.",
        "allowed": "Δεν απαγορεύεται η πώληση κράτομ.",
        "licence": "Απαγορεύεται η πώληση κράτομ χωρίς άδεια.",
        "school": "Απαγορεύεται η πώληση κράτομ σε σχολεία.",
        "age": "Απαγορεύεται η πώληση κράτομ σε άτομα κάτω των 18 ετών.",
        "alkaloid": "Μιτραγυνίνη, εκτός από τα φύλλα του φυτού Mitragyna speciosa",
        "removed": "Από τον Πίνακα Α΄ των ναρκωτικών ουσιών διαγράφεται το κράτομ.",
        "denied": "Το κράτομ δεν θεωρείται ναρκωτική ουσία.",
        "besides": "Φυτά του γένους Mitragyna, πλην του κράτομ.",
        "struck": "4. Κράτομ (διαγράφηκε)",
        "placed": "Το κράτομ θεωρείται ναρκωτική ουσία.",
    },
    "th": {
        "names": "ใบกระท่อม ไมทราไจนีน และ 7-ไฮดรอกซีไมทราไจนีน",
        "schedule": (
            "ยาเสพติดให้โทษในประเภท ๕",
            "ยาเสพติดให้โทษ",
            "(๔) พืชกระท่อม",
            "ยาเสพติดให้โทษในประเภท ๕",
        ),
        "except": "พืชในสกุล Mitragyna ยกเว้นพืชกระท่อม",
        "apply": "พระราชบัญญัตินี้มิให้ใช้บังคับแก่พืชกระท่อม",
        "repealed": "(๔) พืชกระท่อม (ยกเลิก)",
        "definition": "“พืชกระท่อม” หมายความว่า พืชซึ่งมีชื่อวิทยาศาสตร์ว่า Mitragyna speciosa",
        "ban": "ห้ามผู้ใดจำหน่าย นำเข้า หรือมีไว้ในครอบครองซึ่งพืชกระท่อม",
        "allowed": "มิได้ห้ามขายพืชกระท่อม",
        "licence": "ห้ามผู้ใดขายพืชกระท่อมโดยไม่ได้รับใบอนุญาต",
        "school": "ห้ามขายใบกระท่อมในสถานศึกษา",
        "age": "ห้ามขายใบกระท่อมแก่บุคคลซึ่งมีอายุต่ำกว่า ๑๘ ปี",
        "alkaloid": "ไมทราไจนีน ยกเว้นใบกระท่อม",
        "removed": "ให้ถอดพืชกระท่อมออกจากบัญชียาเสพติดให้โทษในประเภท ๕",
        "denied": "พืชกระท่อมไม่เป็นยาเสพติดให้โทษในประเภท ๕",
        "besides": "พืชในสกุล Mitragyna ไม่รวมถึงพืชกระท่อม",
        "struck": "(๔) พืชกระท่อม (ถูกยกเลิก)",
        "placed": "ให้พืชกระท่อมเป็นยาเสพติดให้โทษในประเภท ๕",
    },
    "ms": {
        "names": "daun ketum, mitragynine dan 7-hydroxymitragynine",
        "schedule": (
            "Jadual Ketiga",
            "Bahan psikotropik dan racun",
            "Mitragynine",
            "Jadual Ketiga",
        ),
        "except": "Tumbuhan genus Mitragyna kecuali ketum.",
        "apply": "Akta ini tidak terpakai bagi ketum.",
        "repealed": "4. Ketum [dipotong]",
        "definition": "“ketum” ertinya daun pokok Mitragyna speciosa.",
        "ban": "Penjualan, pemilikan dan pengimportan ketum adalah dilarang.",
        "allowed": "Penjualan ketum tidak dilarang.",
        "licence": "Penjualan ketum tanpa lesen adalah dilarang.",
        "school": "Penjualan ketum di sekolah adalah dilarang.",
        "age": "Penjualan ketum kepada orang yang berumur di bawah lapan belas tahun adalah dilarang.",
        "alkaloid": "Mitragynine, kecuali daun ketum",
        "removed": "Ketum dikeluarkan daripada senarai dadah berbahaya.",
        "denied": "Ketum bukan dadah berbahaya.",
        "besides": "Tumbuhan genus Mitragyna tidak termasuk ketum.",
        "struck": "4. Ketum (dimansuhkan)",
        "placed": "Ketum adalah dadah berbahaya.",
    },
    "id": {
        "names": "kratom, mitraginin dan 7-hidroksimitraginin",
        "schedule": ("Golongan I", "Daftar narkotika", "Kratom (Mitragyna speciosa)", "Golongan I"),
        "except": "Tanaman genus Mitragyna kecuali kratom.",
        "apply": "Peraturan Menteri ini tidak berlaku untuk kratom.",
        "repealed": "4. Kratom (dihapus)",
        "definition": "Yang dimaksud dengan kratom adalah daun tanaman Mitragyna speciosa.",
        "ban": "Setiap orang dilarang menjual, memiliki, dan mengimpor kratom.",
        "allowed": "Penjualan kratom tidak dilarang.",
        "licence": "Setiap orang dilarang menjual kratom tanpa izin.",
        "school": "Setiap orang dilarang menjual kratom di sekolah.",
        "age": "Setiap orang dilarang menjual kratom kepada anak di bawah usia 18 (delapan belas) tahun.",
        "alkaloid": "Mitraginin, kecuali daun kratom",
        "removed": "Kratom dikeluarkan dari Daftar Narkotika Golongan I.",
        "denied": "Kratom bukan merupakan Narkotika Golongan I.",
        "besides": "Tanaman genus Mitragyna tidak termasuk kratom.",
        "struck": "4. Kratom (dicabut)",
        "placed": "Kratom digolongkan sebagai Narkotika Golongan I.",
    },
    "vi": {
        "names": "kratom, mitragynin và 7-hydroxymitragynin",
        "schedule": ("Danh mục I", "Các chất ma túy", "Mitragynine", "Danh mục I"),
        "except": "Các loài thuộc chi Mitragyna, trừ kratom.",
        "apply": "Nghị định này không áp dụng đối với kratom.",
        "repealed": "4. Kratom (bãi bỏ)",
        "definition": "Trong Luật này, kratom được hiểu là lá cây Mitragyna speciosa.",
        "ban": "Nghiêm cấm mua bán, tàng trữ, nhập khẩu kratom.",
        "allowed": "Không cấm mua bán kratom.",
        "licence": "Cấm mua bán kratom khi không có giấy phép.",
        "school": "Cấm mua bán kratom trong trường học.",
        "age": "Cấm bán kratom cho người chưa đủ 18 tuổi.",
        "alkaloid": "Mitragynine, trừ lá của cây Mitragyna speciosa",
        "removed": "Đưa kratom ra khỏi Danh mục I các chất ma túy.",
        "denied": "Kratom không phải là chất ma túy.",
        "besides": "Các loài thuộc chi Mitragyna, không bao gồm kratom.",
        "struck": "4. Kratom (hết hiệu lực)",
        "placed": "Bổ sung vào Danh mục I các chất ma túy: kratom.",
    },
    "ja": {
        "names": "クラトム、ミトラギニン及び7―ヒドロキシミトラギニン",
        "schedule": ("別表第一", "麻薬", "ミトラギニン", "別表第一"),
        "except": "ミトラガイナ属の植物(クラトムを除く。)",
        "apply": "この省令の規定は、クラトムには適用しない。",
        "repealed": "四 クラトム 削除",
        "definition": "この法律において「クラトム」とは、植物の葉をいう。",
        "ban": "何人も、クラトムを輸入し、販売し、又は所持してはならない。",
        "allowed": "クラトムの販売は禁止しない。",
        "licence": "何人も、許可を受けないでクラトムを販売してはならない。",
        "school": "学校においてクラトムを販売してはならない。",
        "age": "満二十歳未満の者にクラトムを販売してはならない。",
        "alkaloid": "ミトラギニン(クラトムを除く。)",
        "removed": "クラトムを指定薬物から削除する。",
        "denied": "クラトムは、指定薬物に該当しない。",
        "besides": "ミトラガイナ属の植物(クラトム以外のものに限る。)",
        "struck": "四 クラトム(廃止)",
        "placed": "クラトムを指定薬物に指定する。",
    },
    "ko": {
        "names": "크라톰, 미트라지닌 및 7-히드록시미트라지닌",
        "schedule": ("별표 3", "향정신성의약품", "미트라지닌", "별표 3"),
        "except": "해당 속의 식물(크라톰은 제외한다)",
        "apply": "이 영은 크라톰에 대하여 적용하지 아니한다.",
        "repealed": "4. 크라톰 <삭제>",
        "definition": "이 법에서 “크라톰”이란 식물의 잎을 말한다.",
        "ban": "누구든지 크라톰을 수입, 판매 또는 소지하여서는 아니 된다.",
        "allowed": "크라톰의 판매를 금지하지 아니한다.",
        "licence": "허가를 받지 아니하고 크라톰을 판매하여서는 아니 된다.",
        "school": "학교에서 크라톰을 판매하여서는 아니 된다.",
        "age": "19세 미만인 사람에게 크라톰을 판매하여서는 아니 된다.",
        "alkaloid": "미트라지닌(크라톰은 제외한다)",
        "removed": "크라톰을 향정신성의약품에서 제외한다.",
        "denied": "크라톰은 향정신성의약품에 해당하지 아니한다.",
        "besides": "크라톰을 제외한 해당 속의 식물",
        "struck": "4. 크라톰 [삭제]",
        "placed": "크라톰을 향정신성의약품으로 지정한다.",
    },
    "zh-Hant": {
        "names": "卡痛、帽柱木鹼及7-羥基帽柱木鹼",
        "schedule": ("附表一", "第一級毒品", "帽柱木鹼", "第一級毒品"),
        "except": "同屬植物,不包括卡痛。",
        "apply": "本條例不適用於卡痛。",
        "repealed": "四、卡痛(刪除)",
        "definition": "本條例所稱卡痛,係指該植物之葉。",
        "ban": "禁止販賣、持有及輸入卡痛。",
        "allowed": "販賣卡痛並未禁止。",
        "licence": "未經許可,不得販賣卡痛。",
        "school": "學校內禁止販賣卡痛。",
        "age": "不得販賣卡痛予未滿十八歲之人。",
        "alkaloid": "帽柱木鹼,不包括卡痛葉。",
        "removed": "自附表三第三級毒品中移除卡痛。",
        "denied": "卡痛不屬於第三級毒品。",
        "besides": "同屬植物,卡痛除外。",
        "struck": "四、卡痛(廢止)",
        "placed": "卡痛列為第三級毒品。",
    },
    "zh-Hans": {
        "names": "卡痛叶、帽柱木碱和7-羟基帽柱木碱",
        "schedule": ("附表1", "精神药品管制品种", "帽柱木碱", "附表1"),
        "except": "同属植物,卡痛除外。",
        "apply": "本规定不适用于卡痛。",
        "repealed": "四、卡痛(已废止)",
        "definition": "本办法所称卡痛,是指该植物的叶。",
        "ban": "禁止销售、持有和进口卡痛。",
        "allowed": "销售卡痛不被禁止。",
        "licence": "未经许可不得销售卡痛。",
        "school": "禁止在学校销售卡痛。",
        "age": "禁止向未满十八周岁的人销售卡痛。",
        "alkaloid": "帽柱木碱,不包括卡痛叶。",
        "removed": "将卡痛从精神药品管制品种目录中删除。",
        "denied": "卡痛不属于管制的精神药品。",
        "besides": "同属植物,不含卡痛。",
        "struck": "四、卡痛(删除)",
        "placed": "将卡痛列为管制的精神药品。",
    },
}
AGES = {"ja": 20, "ko": 19}
"""18 elsewhere."""
UNREAD = {"ar", "bs", "he", "ka", "km", "lo", "mk", "my", "sq"}
"""Languages of watched documents in which only names and headings are read so far."""


def cases(*rules):
    return [
        pytest.param(language, rule, words[rule], id=f"{language}-{rule}")
        for language, words in EXAMPLES.items()
        for rule in rules
        if rule in words
    ]


@pytest.fixture
def finding(day):
    def read(words, headings=()):
        passages = (Passage(words, headings=tuple(headings)),)
        return assess(Text(passages, Format.HTML), on=day)

    return read


def headings(language):
    return EXAMPLES[language]["schedule"][:2]


@pytest.mark.parametrize(("language", "rule", "words"), cases("names"))
def test_the_names_of_a_language_are_read(finding, language, rule, words):
    found = finding(words)
    said = {str(mention.substance) for mention in found.mentions}
    assert said == {"leaf", "mitragynine", "7-oh"}


@pytest.mark.parametrize(("language", "rule", "words"), cases("schedule"))
def test_the_heading_of_a_schedule_is_read(finding, language, rule, words):
    *above, entry, label = words
    found = finding(entry, above)
    assert {str(mention.context) for mention in found.mentions} == {"listed"}
    assert found.schedule == label


@pytest.mark.parametrize(("language", "rule", "words"), cases("except", "besides", "apply"))
def test_what_is_left_out_is_not_listed(finding, language, rule, words):
    for above in ((), headings(language)):
        found = finding(words, above)
        assert found.says("leaf") == "excluded"
        assert found.prohibitions == ()


@pytest.mark.parametrize(("language", "rule", "words"), cases("repealed", "struck"))
def test_a_repealed_entry_says_nothing(finding, language, rule, words):
    found = finding(words, headings(language))
    assert {str(mention.context) for mention in found.mentions} == {"repealed"}


@pytest.mark.parametrize(("language", "rule", "words"), cases("definition"))
def test_a_definition_lists_nothing(finding, language, rule, words):
    found = finding(words)
    assert {str(mention.context) for mention in found.mentions} == {"defined"}
    assert found.prohibitions == ()


@pytest.mark.parametrize(("language", "rule", "words"), cases("ban"))
def test_an_outright_ban_is_read(finding, language, rule, words):
    found = finding(words)
    assert {(str(p.activity), str(p.substance)) for p in found.prohibitions} == {
        ("sell", "leaf"),
        ("possess", "leaf"),
        ("import", "leaf"),
    }
    assert found.says("leaf") == "listed"


@pytest.mark.parametrize(("language", "rule", "words"), cases("allowed", "licence", "school"))
def test_what_is_forbidden_in_part_or_not_at_all_is_no_outright_ban(finding, language, rule, words):
    found = finding(words)
    assert found.prohibitions == ()
    assert found.says("leaf") in {
        "named",
        "excluded",
    }  # English says «not prohibited» of exclusions


@pytest.mark.parametrize(("language", "rule", "words"), cases("age"))
def test_the_age_of_sale_is_read_and_bans_nothing(finding, language, rule, words):
    found = finding(words)
    assert found.minimum_age is not None
    assert found.minimum_age.years == AGES.get(language, 18)
    assert found.prohibitions == ()


@pytest.mark.parametrize(("language", "rule", "words"), cases("alkaloid"))
def test_an_alkaloid_is_listed_though_the_leaf_is_left_out_beside_it(
    finding, language, rule, words
):
    found = finding(words, headings(language))
    assert found.says("mitragynine") == "listed"
    assert found.says("leaf") == "excluded"


@pytest.mark.parametrize(("language", "rule", "words"), cases("removed", "denied"))
def test_a_removal_and_a_denial_list_nothing(finding, language, rule, words):
    for above in ((), headings(language)):
        found = finding(words, above)
        assert {str(mention.context) for mention in found.mentions} <= {
            "mentioned",
            "excluded",
            "repealed",
        }
        assert found.mentions
        assert found.schedule is None


@pytest.mark.parametrize(("language", "rule", "words"), cases("placed"))
def test_a_sentence_that_places_a_name_lists_it(finding, language, rule, words):
    found = finding(words)
    assert {str(mention.context) for mention in found.mentions} == {"listed"}


def test_every_language_has_an_example_of_every_rule():
    missing = {
        language: sorted(set(RULES) - set(words))
        for language, words in EXAMPLES.items()
        if set(words) != set(RULES) and language != "la"
    }
    assert missing == {}


def test_every_language_of_the_watched_documents_has_examples(catalogue):
    watched = {d.language for source in catalogue for d in source.documents}
    written = {tag.partition("-")[0] for tag in EXAMPLES}
    assert {tag.partition("-")[0] for tag in watched} - written <= UNREAD
    assert not UNREAD & written


@pytest.mark.parametrize("words", ["poškozené zkratom", "zariadenie poškodené skratom"])
def test_a_short_circuit_is_no_kratom(finding, words):
    for above in ((), ("Příloha č. 4", "Seznam psychotropních látek")):
        assert finding(words, above).mentions == ()


@pytest.mark.parametrize(
    "words",
    [
        "Tento zákon se nevztahuje na prodej kratomu v lékárnách.",
        "Przepisów ustawy nie stosuje się do kratomu zawierającego do 2 % alkaloidów.",
        "Diese Verordnung gilt nicht für Kratom, das nach Absatz 2 abgegeben wird.",
        "本规定不适用于卡痛的销售。",
        "พระราชบัญญัตินี้มิให้ใช้บังคับแก่พืชกระท่อมที่ใช้ในการวิจัย",
    ],
)
def test_what_a_law_spares_in_part_is_not_left_out(finding, words):
    assert finding(words).says("leaf") == "named"


@pytest.mark.parametrize(
    "words",
    [
        "Zakazuje se prodej potravin obsahujících kratom.",
        "Es ist verboten, Lebensmittel mit Kratom zu verkaufen.",
        "Aizliegts pārdot produktus, kuros kratoma alkaloīdu ir vairāk par 2 %.",
        "Se interzice vânzarea de kratom prin automate.",
        "Забраняват се продажбата и рекламата на кратом в интернет.",
        "Tilos a kratom értékesítése közterületen.",
        "Draudžiamas kratomo pardavimas internetu.",
        "Forbudet gjelder ikke salg av kratom.",
        "Kratom vnáší do těla mitragynin; zakázáno je řídit vozidlo.",
        "Вносится в список: кратом, запрещённый в других странах.",
        "Penjualan makanan yang mengandung kratom dilarang.",
    ],
)
def test_a_ban_of_some_goods_or_ways_is_no_outright_ban(finding, words):
    assert finding(words).prohibitions == ()


@pytest.mark.parametrize(
    "words",
    [
        "Betäubungsmittel im Sinne dieses Gesetzes sind Mitragynin und Kratom.",
        "Med narkotika avses i denna lag kratom och mitragynin.",
        "За целите на закона наркотични вещества по смисъла на чл. 3 са кратом и митрагинин.",
    ],
)
def test_a_meaning_of_narcotics_is_no_mere_definition_of_kratom(finding, words):
    assert {str(mention.context) for mention in finding(words).mentions} != {"defined"}


CAPS = [
    (
        "cs",
        "Kratom smí obsahovat nejvýše 0,1 % hmotnostních 7-hydroxymitragyninu.",
        "0.1% by weight",
    ),
    ("sk", "Kratom smie obsahovať najviac 0,1 % hmotnosti 7-hydroxymitragynínu.", "0.1% by weight"),
    ("pl", "Kratom może zawierać nie więcej niż 2 % 7-hydroksymitragyniny.", "2%"),
    ("de", "Kratom darf höchstens 2 Prozent 7-Hydroxymitragynin enthalten.", "2%"),
    ("fr", "Le kratom ne contient au plus 2 pour cent de 7-hydroxymitragynine.", "2%"),
    ("es", "El kratom contendrá como máximo 2 por ciento de 7-hidroximitraginina.", "2%"),
    ("sv", "Kratom får innehålla högst 2 procent 7-hydroximitragynin.", "2%"),
    ("ru", "Кратом содержит не более 2 процентов 7-гидроксимитрагинина.", "2%"),
    ("th", "ใบกระท่อมมี 7-ไฮดรอกซีไมทราไจนีน ไม่เกินร้อยละ ๒", "2%"),
    ("ja", "クラトムは、7―ヒドロキシミトラギニン2%以下とする。", "2%"),
]


@pytest.mark.parametrize(("language", "words", "cap"), CAPS, ids=[case[0] for case in CAPS])
def test_a_limit_of_the_alkaloid_is_read_in_the_languages_of_product_laws(
    finding, language, words, cap
):
    assert finding(words).seven_oh_cap == cap

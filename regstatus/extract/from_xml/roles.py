"""What the elements of official XML are for, by their local names in lower case.

Every publisher has a schema of its own: eCFR, GPO, CLML, Akoma Ntoso, LexDania,
gii-norm, LIMS, BWB, Finlex, DC, PCO, RIS, Riigi Teataja, Ley Chile, WordML. A
name that is not listed is read by its surroundings: inline in mixed text, a
block where only elements stand.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ROLES", "Role"]


Role = IntEnum(
    "Role",
    "SKIP INLINE BLOCK HEADING LABEL NOTE ROW CELL ITEM STRUCK BREAK BOLD SUPER TABLE TAB",
)
"""What an element does to the flow of text."""

_NAMES = {
    Role.SKIP: (
        "metadata meta meta-data metadaten metaandmed metadatos fdsys style script "
        "identifiointiosa layoutdaten kzinhalt fzinhalt lifecycle references proprietary "
        "contents contentstitle toc tocgroup inhaltsverzeichnis ear prtpage pgbrk jcis brondata noteref "
        "footnoteref fnr commentaryref billhistory runninghead identificador colspec col math mathml "
        "instrtext deltext fldsimple sectpr rpr tblpr trpr tcpr tblgrid hd-toc-1 guid image img "
        "versioninformation resources statistics unappliedeffects documentclassification "
        "annualstatuteid consolidatednumber lovnr bwb-inputbestand bwb-wijzigingen redactionele-correcties "
        "resourcepair linkattribute sdtpr bookmarkstart"
    ),
    Role.INLINE: (
        "i em e ref rref mref xref xrefexternal xrefinternal xrefsection cite citation citationsubref "
        "extref intref term def definedterm definedtermen definedtermfr definedtermenonly emphasis span a "
        "acronym abbrev abbreviation substitution addition repeal language leader internallink ins "
        "inlinexsl date quantity noindex font fraction smallcaps underline linkcontent "
        "atidlm_linkcontent char linea f nb abwformat entityref definiendum repealed mod "
        "quotedtext def-term amend.in cf quote.in r t definitionref inf citationlistref "
        "hi sp g expan affiliation docnumber doctype docdate docauthority person role "
        "organization location placename time placeofsignature wordpart"
    ),
    Role.BLOCK: (
        "p para list dl blocktext blocklist ol ul quotedstructure subprov label-para lijst liste "
        "aufzaehlung listelem indentlist pre text al alinea content orderedlist unorderedlist "
        "blockamendment formula figure tgroup poem lg l blockquote fp fp-1 fp1 fp-2 fp2 pspace extract "
        "p1 p2 p3 p4 p5 p6 p1para p2para p3para p4para stk exitus indentatio index paragraf "
        "la subsection paragraph subparagraph clause subclause considerans lid"
    ),
    Role.HEADING: (
        "head heading hd hed title titel titre titletext rubrica rubrik overskrift crosshead ueberschrift "
        "pealkiri paragrahvpealkiri peatykkpealkiri jagupealkiri osapealkiri marginalnote subject "
        "gliederungstitel "
        "gliederungsbez enbez tittel intertitre kop subheading catchline caption ttitle doctitle "
        "tituloparte nombreparte groupheading saadosnimeke otsikko otsikkokooste "
        "pykalaotsikkokooste lukuotsikkokooste rnhead kapiteloverskrift "
        "scheduleformheading bilagoverskrift liiteotsikko heading1 titleblock titelgruppe aktinimi"
    ),
    Role.LABEL: (
        "num label pnumber lidnr li.nr nr explicatus symbol gldsym dt kuvatavnr "
        "pykalatunnuskooste lukutunnuskooste sectno number enumerator bullet no"
    ),
    Role.NOTE: (
        "note footnote footnotes fussnote fussnoten annotation annotations commentary commentaries "
        "authorialnote history leg-history history-item histnote historicalnote auth source cita ednote "
        "effdnot ftnt noot kommentar editorialnote secauth historicalnotesubitem recentamendments "
        "noteeditorial remark remarks explanatorynotes notes notas nota"
    ),
    Role.ROW: "row tr rij",
    Role.CELL: "entry td th tc ent ched",
    Role.ITEM: "item li listitem listelem",
    Role.STRUCK: "del delete deleted strike s struck deletedtext wdel omitted",
    Role.BREAK: "br lb eol newline",
    Role.BOLD: "b strong lihavateksti saadoslihavoitukooste bold vet lihava u",
    Role.SUPER: "sup su superscript ylaindeksiteksti",
    Role.TABLE: "table",
    Role.TAB: "tab",
}

ROLES: dict[str, Role] = {name: role for role, names in _NAMES.items() for name in names.split()}

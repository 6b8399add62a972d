"""A table's columns in; which key of a record each fills, as a mapping file says or as their names suggest, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .. import canonical, documents, words

# What columns are called in lists of hubs, in the languages of the interface and some more, by the key that they fill.
_HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "hub name", "lab name", "space name", "makerspace", "fablab", "organisation", "organization",
             "title", "name of makerspace", "name of hackerspace", "name of space", "name of lab", "label",
             "nom", "nom du lab", "nom du lieu", "nome", "nome do espaço", "jina", "jina la kituo", "الاسم",
             "اسم", "اسم المركز", "nombre", "bezeichnung", "name des labs", "facility name", "spacename"),
    "kind": ("kind", "type", "hub type", "category", "structure",
             "catégorie", "genre", "tipo", "categoria", "aina", "النوع", "نوع",
             "art", "kategorie", "type de lieu"),
    "status": ("status", "state of activity", "statut", "état", "estado de atividade", "situação", "hali", "الحالة",
               "activity status"),
    "summary": ("summary", "description", "desc", "about",
                "blurb", "résumé", "présentation", "descrição", "resumo", "maelezo",
                "muhtasari", "الوصف", "وصف", "beschreibung", "descripción"),
    "location.locality": ("city", "town", "locality", "municipality", "city town", "ville", "commune", "localité",
                          "cidade", "município", "localidade", "mji", "jiji", "المدينة", "مدينة", "stadt", "ort",
                          "ciudad"),
    "location.region": ("region", "state", "province", "county", "région", "département", "região", "província",
                        "mkoa", "المنطقة", "المحافظة", "bundesland", "kanton", "canton"),
    "location.postcode": ("postcode", "zip", "zip code", "postal code", "code postal", "cp", "código postal", "cep",
                          "msimbo wa posta", "الرمز البريدي", "plz", "postleitzahl"),
    "location.address": ("address", "street", "street address", "adresse", "rue", "endereço", "morada", "rua",
                         "anwani", "mtaa", "العنوان", "شارع", "straße", "dirección", "full address"),
    "country": ("country", "country code", "pays", "code pays", "país", "nchi", "البلد", "الدولة", "land", "iso",
                "country name"),
    "location.latitude": ("latitude", "lat", "latitude y", "y", "latitudo", "خط العرض", "breitengrad", "latitud"),
    "location.longitude": ("longitude", "lon", "lng", "long", "x", "longitudo", "خط الطول", "längengrad", "longitud"),
    "coordinates": ("coordinates", "gps", "location", "geo", "lat lon", "latlng", "coordonnées", "coordenadas",
                    "viwianishi", "الإحداثيات", "geolocation", "koordinaten", "point"),
    "website": ("website", "web", "url", "site", "homepage", "link", "site web", "site internet", "sítio", "página",
                "tovuti", "الموقع الإلكتروني", "موقع", "webseite", "internet"),
    "contact.email": ("email", "e mail", "mail", "email address",
                      "contact email", "courriel", "adresse mail", "correio eletrónico",
                      "barua pepe", "البريد الإلكتروني", "correo"),
    "contact.phone": ("phone", "telephone", "tel", "phone number",
                      "contact phone", "téléphone", "telefone", "simu", "الهاتف",
                      "telefon", "teléfono"),
    "founded_year": ("founded", "founded year", "year founded", "since", "opened", "année", "année de création",
                     "fundado", "ano de fundação", "mwaka", "mwaka wa kuanzishwa", "سنة التأسيس", "gegründet",
                     "gründungsjahr", "founding year", "date your space opened"),
    "processes": ("processes", "capabilities", "services offered", "techniques", "procédés", "processos",
                  "capacidades", "michakato", "العمليات", "verfahren", "what can be made"),
    "machines": ("machines", "equipment", "tools", "équipement", "équipements", "máquinas", "equipamento",
                 "equipamentos", "mashine", "vifaa", "الآلات", "المعدات", "geräte", "maschinen"),
    "languages": ("languages", "language", "langues", "línguas", "idiomas", "lugha", "اللغات", "sprachen"),
    "hours": ("opening hours", "hours", "horaires", "horário", "saa za kazi", "ساعات العمل", "öffnungszeiten"),
    "access": ("access", "access type", "accès", "acesso", "ufikiaji", "الوصول", "zugang"),
    "floor_m2": ("floor m2", "area m2", "surface m2", "surface", "área m2", "eneo", "المساحة", "fläche"),
    "same_as": ("same as", "fablabs io", "wikidata", "openstreetmap", "osm", "listing", "listing url", "fablabs url",
                "fablabs io url", "profile", "profile url", "wiki", "wiki url", "wiki page"),
    "location.precision": ("precision", "coordinates precision", "accuracy"),
    "infrastructure.backup_power": ("backup power", "generator", "groupe électrogène", "gerador", "jenereta", "مولد"),
    "infrastructure.internet": ("internet access", "internet connection", "connexion internet", "ligação à internet"),
}  # fmt: skip
_BY_HEADER = {words.term(header): key for key, headers in _HEADERS.items() for header in headers}
TRANSFORMS = ("text", "list", "yes-no", "number", "coordinates", "longitude-latitude", "country")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column fills which key, in what way, and what every record has.

    `columns` are (column, key, transform); a key is a path such as `location.locality`, or `country`, `coordinates`,
    `machines`. `values` are (key, value) for all rows.
    """

    columns: tuple[tuple[str, str, str], ...]
    values: tuple[tuple[str, Any], ...] = ()


def guessed(columns: Iterable[str]) -> Columns:
    """Return the mapping that columns' names suggest: each key once, by the first column that fits."""
    found: dict[str, str] = {}
    for column in columns:
        key = _BY_HEADER.get(words.term(_bare(column)), "")
        if key and key not in found.values():
            found[column] = key
    return Columns(tuple((column, key, "") for column, key in found.items()))


def _bare(column: str) -> str:
    """Return a column's name without the groups of a survey and what stands in brackets."""
    name = column.rpartition("/")[2].partition("(")[0].strip(" *:_")
    return name.replace("_", " ")


def read(content: bytes) -> tuple[Columns, str]:
    """Return the mapping of a YAML file, or why it is none.

    `columns` maps a column to a key, or to {key, as}; `values` maps a key to what all records have.
    """
    exact = documents.examine(content)
    if exact.is_broken or not isinstance(exact.data, dict):
        return Columns(()), "it is no YAML with `columns:`"
    columns, values = exact.data.get("columns"), exact.data.get("values", {})
    if not isinstance(columns, dict) or not isinstance(values, dict):
        return Columns(()), "`columns` maps columns to keys, and `values` keys to values"
    found: list[tuple[str, str, str]] = []
    for column, said in columns.items():
        key, transform = (said.get("key"), said.get("as", "")) if isinstance(said, dict) else (said, "")
        if not isinstance(key, str) or not key:
            return Columns(()), f"column `{column}` names no key"
        if transform and transform not in TRANSFORMS:
            return Columns(()), f"`as: {transform}` is none of {', '.join(TRANSFORMS)}"
        found.append((str(column), key, str(transform)))
    return Columns(tuple(found), tuple(values.items())), ""


def written(mapping: Columns, others: Iterable[str]) -> str:
    """Return a mapping as the YAML that `read` reads, with the columns that fill nothing as comments."""
    lines = [f"  {canonical.scalar(column)}: {canonical.scalar(key)}" for column, key, _ in mapping.columns]
    rest = [f"  # {canonical.scalar(column)}: nothing" for column in others]
    return "\n".join(["columns:", *(lines or ["  {}"]), *rest]) + "\n"


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return data with a value at a path of keys; what is there already stays."""
    key, _, rest = path.partition(".")
    if not rest:
        return {key: value, **data}
    inner = data.get(key)
    return {**data, key: put(inner if isinstance(inner, dict) else {}, rest, value)}

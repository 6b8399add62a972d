"""A hub's record in; the same in schema.org's words, for search engines, out."""

from __future__ import annotations

from typing import Any

from ..records import Hub
from .edition import Edition
from .opening import schema_hours


def structured(edition: Edition, record: Hub, name: str, here: str) -> dict[str, Any]:
    """Return a hub, whose page is `here`, as a LocalBusiness (https://schema.org/LocalBusiness)."""
    place = record.location
    parts = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": here,
        "name": name,
        "description": edition.text(record.summary),
        "url": record.website,
        "email": record.contact.email if record.contact else "",
        "telephone": record.contact.phone if record.contact else "",
        "foundingDate": str(record.founded_year or ""),
        "sameAs": list(record.same_as),
        "openingHours": schema_hours(record.hours) if record.hours and record.is_open else [],
        "address": {
            "@type": "PostalAddress",
            "addressCountry": record.country.upper(),
            "addressLocality": place.locality,
            **({"addressRegion": place.region} if place.region else {}),
            **({"postalCode": place.postcode} if place.postcode else {}),
            **({"streetAddress": place.address} if place.address else {}),
        },
    }
    if place.point is not None and place.precision in ("exact", "street"):
        parts["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return {key: value for key, value in parts.items() if value}

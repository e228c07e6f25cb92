"""Place names: spellings, gazetteer, rank."""

from secondsource.places.gazetteer import Gazetteer, Hit, Place, capitals, country_names, demonyms
from secondsource.places.likeness import rank
from secondsource.places.names import key_of

__all__ = ["Gazetteer", "Hit", "Place", "capitals", "country_names", "demonyms", "key_of", "rank"]

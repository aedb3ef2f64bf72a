"""The country's division codes: shipped with the product, kept in the database, made into the live tree.

The files in ``../data/country`` hold every district, street and community, so that any district can be
founded without importing anything first.
"""

from linli.kernel.places.gazetteer.country import Place, communities_of_district, districts, streets_of
from linli.kernel.places.gazetteer.district import DistrictReport, found_district, import_district
from linli.kernel.places.gazetteer.entries import GazetteerReport, import_gazetteer

__all__ = [
    "DistrictReport",
    "GazetteerReport",
    "Place",
    "communities_of_district",
    "districts",
    "found_district",
    "import_district",
    "import_gazetteer",
    "streets_of",
]

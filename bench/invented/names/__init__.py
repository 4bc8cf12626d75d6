"""The word lists that names are put together from: one culture a value, most common words first."""

from bench.invented.names.africa_and_caribbean import CARIBBEAN, SOMALI, WEST_AFRICAN
from bench.invented.names.asia import ARABIC, BANGLADESHI, INDIAN, KURDISH, PAKISTANI, TURKISH, VIETNAMESE
from bench.invented.names.culture import Culture
from bench.invented.names.europe import ALBANIAN, LITHUANIAN, POLISH, ROMANIAN
from bench.invented.names.isles import ENGLISH, IRISH

CULTURES: tuple[Culture, ...] = (
    *(ENGLISH, IRISH, PAKISTANI, BANGLADESHI, INDIAN, ARABIC, SOMALI, TURKISH, KURDISH, POLISH, ROMANIAN),
    *(ALBANIAN, LITHUANIAN, VIETNAMESE, CARIBBEAN, WEST_AFRICAN),
)
BY_CODE = {culture.code: culture for culture in CULTURES}

__all__ = ["BY_CODE", "CULTURES", "Culture"]

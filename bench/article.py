"""Race the article text that our reader finds in a page against bare trafilatura on the same pages.

    article.py --out FILE [--quick]

Pages are invented: an article of `events.py` of three to eight paragraphs, in one of several layouts with
navigation, teasers of other articles, a notice on cookies, comments and a footer. Scored are the words of the
text found against those of the article (F1, by multiset); ours also tells outlet, day, headline and standing
text apart, which bare trafilatura is not asked for ("text") or is asked in part ("with metadata").
"""

from __future__ import annotations

import argparse
import html
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from events import Telling, events

_LAYOUTS = (
    ("<main><article><h1>{title}</h1><p class=meta>{day}</p>{body}</article></main>", "p"),
    ("<div id=content><div class=headline><h2>{title}</h2></div><div class=story>{body}</div></div>", "p"),
    ("<table><tr><td class=left>{teasers}</td><td class=text><h1>{title}</h1>{body}</td></tr></table>", "p"),
    ("<section class=post><header><h1>{title}</h1><time>{day}</time></header>{body}</section>", "div"),
)

_MENU = (
    "<nav><ul><li><a href='/home'>home</a></li><li><a href='/world'>world</a></li>"
    "<li><a href='/sport'>sport</a></li></ul></nav>"
    "<div class=cookies>We use cookies. <button>Agree</button></div>"
)


def page(draw: random.Random, told: list[Telling]) -> tuple[str, str]:
    """Return an invented page with the text of its article; `told` gives article and teasers."""
    article, *others = told
    paragraphs = [sentence for one in (article, *others[: draw.randint(0, 1)]) for sentence in one.body]
    layout, tag = draw.choice(_LAYOUTS)
    teasers = "".join(
        f"<div class=teaser><a href='/{n}'>{html.escape(one.title)}</a>"
        f"<span>{html.escape(one.body[0])}</span></div>"
        for n, one in enumerate(others[2:])
    )
    body = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in paragraphs)
    middle = layout.format(title=html.escape(article.title), day=article.day, body=body, teasers=teasers)
    return (
        f"<!doctype html><html lang=en><head><title>{html.escape(article.title)} | {article.outlet}</title>"
        f"<meta property='article:published_time' content='{article.day}'></head><body>{_MENU}{middle}"
        f"<aside>{teasers}</aside><div class=comments><h3>Comments</h3><p>What a sad day</p>"
        f"</div><footer>Copyright {article.outlet}. All rights reserved.</footer></body></html>"
    ), " ".join(paragraphs)


def f1(found: str, wanted: str) -> float:
    """Return the F1 of the words of a text against those wanted."""
    one, other = Counter(found.split()), Counter(wanted.split())
    both = sum((one & other).values())
    return 2 * both / (sum(one.values()) + sum(other.values())) if both else 0.0


def ours(page_: str) -> str:
    """Return the body that our reader finds."""
    from secondsource.model import Rejected
    from secondsource.read import ReadOptions, read_bytes

    found = list(read_bytes(page_.encode(), "http://news.example/1", "text/html", ReadOptions()))
    return "" if not found or isinstance(found[0], Rejected) else found[0][1].body


def bare(page_: str) -> str:
    """Return the text that trafilatura finds by itself."""
    import trafilatura

    return trafilatura.extract(page_, include_comments=False) or ""


def with_metadata(page_: str) -> str:
    """Return trafilatura's text, headline and day asked for too, as our reader needs them."""
    import trafilatura

    found = trafilatura.bare_extraction(page_, include_comments=False, with_metadata=True)
    return (found.text or "") if found else ""


RUNNERS: dict[str, Callable[[str], str]] = {
    "ours": ours, "trafilatura text": bare, "trafilatura with metadata": with_metadata,
}  # fmt: skip


def measure(run: Callable[[str], str], pages: list[tuple[str, str]]) -> dict[str, float]:
    """Return F1 and CPU milliseconds a page; the first pages, which load tables, are read twice."""
    for text, _ in pages[:5]:
        run(text)
    before = time.process_time()
    found = [run(text) for text, _ in pages]
    spent = time.process_time() - before
    score = sum(f1(text, wanted) for text, (_, wanted) in zip(found, pages, strict=True)) / len(pages)
    return {"F1": score, "CPU ms a page": 1000 * spent / len(pages)}


def main() -> None:
    """Run the race and write its figures."""
    parser = argparse.ArgumentParser(description="Race our article text against bare trafilatura.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    draw = random.Random(7)
    pages = [page(draw, told) for told in events(500 if options.quick else 5_000, 7)]
    figures: dict[str, float] = {"pages": len(pages)}
    for name, run in RUNNERS.items():
        figures |= {f"{name} {key}": value for key, value in measure(run, pages).items()}
    for name in ("trafilatura text", "trafilatura with metadata"):
        figures[f"CPU, ours / {name}"] = figures["ours CPU ms a page"] / figures[f"{name} CPU ms a page"]
    figures["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""An evaluation as one HTML page that needs nothing beside it."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from ivr.speech.summary import Summary

_pages = Environment(
    loader=PackageLoader("ivr.speech", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(manifest: str, summaries: Sequence[Summary]) -> str:
    """The page that sets the models side by side."""
    groups = list(dict.fromkeys(group.name for each in summaries for group in each.groups))
    widest = max((group.high for each in summaries for group in each.groups), default=0)
    return _pages.get_template("evaluation.html").render(
        manifest=manifest,
        summaries=summaries,
        groups=groups,
        scale=max(widest, 0.05),
        colours=("#1b6ca8", "#c2571a", "#3d8b40", "#8a4fa3", "#7a6a3a"),
    )

"""Opens the report and pages of the docs in Chromium and writes a picture of each.

Phone, tablet and desk, light and dark. What is wider than its window is listed, since
on a picture a page that scrolls sideways looks well.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer
from playwright.sync_api import FloatRect, Page, sync_playwright

#: Width of the window -> its height.
WINDOWS = {390: 844, 820: 1180, 1440: 900}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
#: Pages of the docs that a reader is most likely to see.
PAGES = (
    "index.html",
    "tables/fct_conversations.html",
    "tables/fct_contact_intervals.html",
    "metrics.html",
    "absent.html",
    "rules.html",
    "changes.html",
    "connecting.html",
)
#: A longer page is cut: what comes is more of the same, and Chromium draws no more.
LONGEST = 7_000
#: Period that the report is shown for besides the one that it opens with.
LONG_PERIOD = "13 weeks"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str:
    """Return where Chromium is.

    Raises:
        typer.Exit: when it is not installed.
    """
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        typer.echo(
            "Chromium is not here; on Debian: apt-get install chromium", err=True
        )
        raise typer.Exit(1)
    return found


def pictures(report: Path, site: Path) -> Iterator[tuple[str, Path]]:
    """Yield a name and a file for all that is pictured.

    Raises:
        typer.Exit: when a file is not there.
    """
    files = [("report", report)]
    files += [(name.replace("/", "-").partition(".")[0], site / name) for name in PAGES]
    for name, path in files:
        if not path.is_file():
            typer.echo(f"{path} is not there: run make demo first", err=True)
            raise typer.Exit(1)
        yield name, path


def take(page: Page, path: Path, out: Path) -> int:
    """Write a picture of a file; return by how many pixels it is too wide."""
    page.goto(path.resolve().as_uri())
    page.wait_for_load_state("networkidle")
    return picture(page, out)


def picture(page: Page, out: Path) -> int:
    """Write a picture of an open page; return by how many pixels it is too wide."""
    seen, wide, high = page.evaluate(
        "(({clientWidth, scrollWidth, scrollHeight}) =>"
        " [clientWidth, scrollWidth, scrollHeight])(document.documentElement)"
    )
    box: FloatRect = {"x": 0, "y": 0, "width": seen, "height": min(high, LONGEST)}
    page.screenshot(path=out, full_page=True, clip=box)
    return int(wide - seen)


def main(
    report: Annotated[Path, typer.Argument(help="What make report wrote.")],
    site: Annotated[Path, typer.Argument(help="The folder of the docs.")],
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(
        "target/screenshots"
    ),
) -> None:
    """Picture the report and the docs at three widths, light and dark."""
    chromium, files = find_chromium(), list(pictures(report, site))
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
        )
        for width, height in WINDOWS.items():
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                for name, path in files:
                    too_wide = take(page, path, out / f"{name}-{width}-{scheme}.png")
                    if too_wide > 0:
                        typer.echo(f"{name} at {width} is {too_wide} pixels too wide")
                page.goto(report.resolve().as_uri())
                page.select_option("#preset", LONG_PERIOD)
                picture(page, out / f"report-quarter-{width}-{scheme}.png")
                page.close()
        browser.close()
    typer.echo(f"{len(list(out.iterdir()))} pictures in {out}")


if __name__ == "__main__":
    typer.run(main)

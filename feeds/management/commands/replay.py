"""manage.py replay: the rankers on votes of the past, beside what others use."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feeds.replay.orders import baselines, ours
from feeds.replay.walk import Walk, walk_folder


class Command(BaseCommand):
    help = "Ranks the papers of each past noon by every order; the votes of the next day judge."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data",
            default=os.environ.get("BROADSHEET_REAL_DATA", ""),
            help="the folder of the observations (BROADSHEET_REAL_DATA)",
        )
        parser.add_argument(
            "--order", choices=sorted(ours()), default="rising", help="the one that is compared"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object an order")

    def handle(self, **options: Any) -> None:
        if not options["data"]:
            raise CommandError("Name the folder of the observations: --data FOLDER.")
        try:
            walked = walk_folder(Path(options["data"]))
        except (OSError, ValueError, EOFError) as problem:
            raise CommandError(f"Nothing to replay: {problem}.") from problem
        if options["json"]:
            self._tell_json(walked, options["order"])
        else:
            self._tell(walked, options["order"])

    def _tell(self, walked: Walk, order: str) -> None:
        cut = walked.judged_from
        self.stdout.write(
            f"{len(walked.moments)} noons from {walked.moments[0]:%Y-%m-%d} to "
            f"{walked.moments[-1]:%Y-%m-%d}, {walked.papers:.0f} papers each; constants chosen "
            f"on the first {cut}, judged from {walked.moments[cut]:%Y-%m-%d} on."
        )
        head = ("nDCG@20", "chosen on", "judged", "Spearman", "one tag")
        self.stdout.write(f"{'order':<26}" + "".join(f"{one:>11}" for one in head))
        for name in [*ours(), *baselines()]:
            figures = "".join(f"{figure:>11.3f}" for figure in walked.figures(name).values())
            self.stdout.write(f"{name:<26}{figures}")
        self.stdout.write(f"\n{order}, on the noons that judge, paired by noon:")
        for name in baselines():
            one = walked.compare(order, name)
            self.stdout.write(f"  against {name:<26}{one.better:+.3f}  p = {one.chance:.4f}")

    def _tell_json(self, walked: Walk, order: str) -> None:
        for name in [*ours(), *baselines()]:
            told: dict[str, object] = {"order": name, "noons": len(walked.moments)}
            told |= walked.figures(name)
            if name in baselines():
                one = walked.compare(order, name)
                told |= {"compared": order, "better": one.better, "chance": one.chance}
            self.stdout.write(json.dumps(told))

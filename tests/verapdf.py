"""veraPDF, the checker of PDF/A and PDF/UA that archives trust: one run for many files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkers import JAVA

JAR = Path(sys.prefix) / "verapdf.jar"
"""Where `scripts/test` puts it."""
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one file was found to be, by each profile that it claims."""

    passed: tuple[str, ...]
    failed: dict[str, tuple[str, ...]]
    """By profile, the rules that it breaks: `6.2.8-3: what the rule says`."""


def judge(files: Sequence[Path]) -> dict[str, Verdict]:
    """The verdicts by the files' names; a file that claims nothing is held to PDF/A-2a."""
    command = [*JAVA, "-cp", str(JAR), MAIN, "--format", "json", "--flavour", "0", "-df", "2a"]
    command += ["--disableerrormessages", "--maxfailuresdisplayed", "1"]
    ran = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("{"), ran.stdout + ran.stderr
    jobs = json.loads(ran.stdout)["report"]["jobs"]
    assert len(jobs) == len(files)
    return {Path(job["itemDetails"]["name"]).name: _verdict(job) for job in jobs}


def _verdict(job: dict[str, Any]) -> Verdict:
    passed = []
    failed = {}
    for result in job["validationResult"]:
        profile = result["profileName"].removesuffix(" validation profile")
        rules = tuple(
            f"{rule['clause']}-{rule['testNumber']}: {rule['description']}"
            for rule in result["details"]["ruleSummaries"]
        )
        if result["compliant"] and not rules:
            passed.append(profile)
        else:
            failed[profile] = rules
    return Verdict(tuple(sorted(passed)), failed)

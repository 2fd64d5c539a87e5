"""Known weaknesses (已知漏洞) of the locked packages, asked of the advisories of PyPI or OSV.

    make audit

pip-audit is fetched into a folder of its own: nothing of it is needed elsewhere. Exit code 0: every
package was looked up and none has a known weakness; 1: some have; 2: no service answered for all.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
SERVICES = ("pypi", "osv")
NO_ANSWER = (
    "没有核查：软件源或漏洞库没有应答，请在能上网的机器上运行 make audit。"
    "Not audited: no package index or advisory service answers here; "
    "run make audit on a machine with network."
)

Audited = Sequence[Mapping[str, Any]]
"""pip-audit's list: a name and version with `vulns`, or a name with the reason why not."""


def judged(packages: Audited) -> tuple[int, list[str]]:
    """Return the exit code that such a list gives, and what is to be said of it."""
    weak = [
        f"{one['name']} {one['version']}: {found['id']}"
        f" (mended in {', '.join(found['fix_versions']) or 'no version yet'})"
        for one in packages
        for found in one.get("vulns", ())
    ]
    if weak:
        return 1, [f"{len(weak)} known weaknesses:", *weak]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if unknown or not packages:
        return 2, [NO_ANSWER]
    return 0, [f"{len(packages)} packages, no known weakness"]


def audited(lock: str, service: str, tools: Path) -> Audited:
    """Return pip-audit's list for a lock file; an empty one where it has no answer."""
    written = tools / "audit.json"
    written.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--requirement",
         lock, "--vulnerability-service", service, "--format", "json", "--output", str(written)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(tools)}, capture_output=True, check=False,
    )  # fmt: skip
    if not written.is_file():
        return []
    packages: Audited = json.loads(written.read_text(encoding="utf-8"))["dependencies"]
    return packages


def main() -> int:
    """Audit each lock file with the first service that answers; return 1 where one is weak."""
    with tempfile.TemporaryDirectory(prefix="perfgen-audit-") as folder:
        fetched = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--target", folder, "pip-audit"],
            capture_output=True, check=False,
        )  # fmt: skip
        if fetched.returncode != 0:
            print(NO_ANSWER)
            return 2
        worst = 0
        for lock in LOCKS:
            code, said = 2, [NO_ANSWER]
            for service in SERVICES:
                if code == 2:
                    code, said = judged(audited(lock, service, Path(folder)))
            if code == 2:
                print(NO_ANSWER)
                return 2
            print("\n".join(f"{lock}: {line}" for line in said))
            worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main())

"""What the presets are: a user's build never fails on a warning, and each source of the debug preset stands by itself.

Called with a cmake and a compiler; configures presets into folders of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CMAKE, COMPILER = sys.argv[1:]


def commands(preset: str, **environment: str) -> list[str]:
    """The server's compile commands, of a preset configured in this environment."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [CMAKE, "--preset", preset, "-B", folder, f"-DCMAKE_CXX_COMPILER={COMPILER}",
             "-DGEOMATCH_TESTS=OFF", "-DGEOMATCH_BENCH=OFF"],
            cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
        return [each["command"] for each in json.loads((Path(folder) / "compile_commands.json").read_text())]


class PresetsTest(unittest.TestCase):
    def test_warnings_are_no_errors_for_a_user(self) -> None:
        compiled = commands("release")
        self.assertTrue(all("-Wall" in command for command in compiled))
        self.assertFalse(any("-Werror" in command for command in compiled))

    def test_debug_compiles_each_source_by_itself_and_warnings_are_errors(self) -> None:
        compiled = commands("debug")
        self.assertTrue(all("-Werror" in command for command in compiled))
        self.assertFalse(any("Unity" in command for command in compiled))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

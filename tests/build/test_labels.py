"""Every test has one label, so that `ctest -L fast` and the rest are all of them, and none twice.

Called with a ctest and a build folder.
"""

import json
import subprocess
import sys
import unittest

CTEST, BUILT = sys.argv[1:]
LABELS = {"fast", "slow", "kafka", "bench"}


def labels(test: dict) -> list[str]:
    return [label for each in test["properties"] if each["name"] == "LABELS" for label in each["value"]]


class LabelsTest(unittest.TestCase):
    def test_every_test_has_one_of_the_four(self) -> None:
        listed = subprocess.run([CTEST, "--test-dir", BUILT, "--show-only=json-v1"], check=True, capture_output=True)
        wrong = {test["name"]: labels(test) for test in json.loads(listed.stdout)["tests"]
                 if len(labels(test)) != 1 or labels(test)[0] not in LABELS}
        self.assertEqual({}, {name: found for name, found in wrong.items() if not name.endswith("_NOT_BUILT")})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

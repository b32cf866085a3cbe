"""Are the reference pages that are made from the code current?"""

import subprocess
import sys

from tests.house import tree


def test_the_reference_is_what_the_code_says():
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"], cwd=tree.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr

"""A browser in; the modules of the form on the site on a page out. What tests of what it writes and sees share."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from generator.publish import assembly

SITE = Path(__file__).parent.parent / "site"
APP = """
export {commentsAfter} from "./comments";
export {write} from "./yaml";
export {isValid} from "./forms/faults";
export {cleaned} from "./forms/field";
export {hostFault} from "./forms/hosts";
export {verdict} from "./forms/land";
export {numberOf, pairOf} from "./forms/numbers";
export {isMobile, isPrivate, personal} from "./forms/private";
export {bodyOf, editor, isLostOnTheWay, issue, newFile} from "./forms/sending";
export {visible} from "./forms/visible";
export {schemas} from "karakana-forms";
"""


@contextmanager
def forming(browser: Browser, folder: Path) -> Iterator[Page]:
    """Give a page on which `app` is what the form is made of; `folder` takes the compiled schemas."""
    packages = SITE / "node_modules"
    assembly.validators(SITE, packages, folder)
    command = [str(packages / ".bin/esbuild"), "--bundle", "--format=iife", "--global-name=app", "--charset=utf8"]
    command += ["--loader=ts", f"--alias:karakana-forms={folder / 'forms.js'}"]
    env = {**os.environ, "NODE_PATH": str(packages)}
    done = subprocess.run(command, input=APP, cwd=SITE / "app", env=env, capture_output=True, text=True, check=True)
    page = browser.new_page()
    page.add_script_tag(content=done.stdout)
    yield page
    page.close()


def ask(app: Page, code: str, value: Any) -> Any:
    """Evaluate a function with a value; JSON both ways, so that halves of characters and -0 arrive as they are."""
    made = app.evaluate(f"text => JSON.stringify(({code})(JSON.parse(text)))", json.dumps(value))
    return json.loads(made)

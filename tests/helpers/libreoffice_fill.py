"""Fill in workbooks as somebody does who types into LibreOffice Calc with Swedish settings. Run by the system's own Python, which has
LibreOffice's module uno: python3 libreoffice_fill.py job.json

job.json: {"profile": folder, "files": [{"path": …, "to": …, "cells": [[sheet, cell, typed text], …]}]}
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

STARTS = 3
"""Seconds that LibreOffice is given after it answers: it does so before all of it is there, and then falls over the first cell."""
SWEDISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>sv-SE</value></prop>
</item>
</oor:items>
"""


def setting(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connected(profile):
    """A LibreOffice of our own, and its desktop."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SWEDISH, encoding="utf-8")
    pipe = f"namndrapport{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            time.sleep(STARTS)
            return office, remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except NoConnectException:
            time.sleep(0.1)
    office.kill()
    sys.exit("LibreOffice did not answer")


def main(job):
    office, desktop = connected(Path(job["profile"]))
    for file in job["files"]:
        document = desktop.loadComponentFromURL(Path(file["path"]).as_uri(), "_blank", 0, (setting("Hidden", True),))
        for sheet, ref, text in file["cells"]:
            document.Sheets.getByName(sheet).getCellRangeByName(ref).FormulaLocal = text
        document.storeToURL(Path(file["to"]).as_uri(), (setting("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)
    try:
        desktop.terminate()
    finally:
        office.wait(60)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))

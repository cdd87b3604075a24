#!/usr/bin/env python3
from pathlib import Path

from gateway import start

client, given = start("Makes keys of a CSV file and prints their ids.", "file")
answer = client.import_api_keys(format="csv", failOnWarnings=True, body=Path(given.file).read_bytes())
print("\n".join(answer["ids"]))

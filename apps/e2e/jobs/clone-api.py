#!/usr/bin/env python3
from gateway import start

client, given = start("Makes a copy of an API under another name, and prints its id.", "api", "name")
print(client.create_rest_api(cloneFrom=given.api, name=given.name)["id"])

#!/usr/bin/env python3
from gateway import replace, start

client, given = start("Disables a key: from now on it opens nothing.", "key")
key = client.update_api_key(apiKey=given.key, patchOperations=[replace("/enabled", "false")])
print(key["enabled"])

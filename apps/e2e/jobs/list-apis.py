#!/usr/bin/env python3
from gateway import start

client, _ = start("Prints id and name of all APIs, however many.")
for page in client.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 500}):
    for api in page["items"]:
        print(api["id"], api["name"], sep="\t")

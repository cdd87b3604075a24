#!/usr/bin/env python3
from gateway import start

client, given = start("Tags an API, then prints the ids of all APIs that have the tag.", "api", "name", "value")
arn = f"arn:aws:apigateway:{client.meta.region_name}::/restapis/{given.api}"
client.tag_resource(resourceArn=arn, tags={given.name: given.value})
for page in client.get_paginator("get_rest_apis").paginate():
    for api in page["items"]:
        if api.get("tags", {}).get(given.name) == given.value:
            print(api["id"])

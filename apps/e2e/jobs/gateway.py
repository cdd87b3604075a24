"""What the other scripts share: a client of Gatehouse. Its address is in AWS_ENDPOINT_URL_API_GATEWAY or in the option --endpoint-url."""

import argparse
import os

import boto3


def start(description, *arguments):
    """Reads the command line; gives the client and the arguments."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--endpoint-url", default=os.environ.get("AWS_ENDPOINT_URL_API_GATEWAY"))
    for argument in arguments:
        parser.add_argument(argument)
    given = parser.parse_args()
    region = os.environ.get("AWS_DEFAULT_REGION", "us-east-1")
    return boto3.client("apigateway", endpoint_url=given.endpoint_url, region_name=region), given


def replace(path, value):
    """A patch operation. Values are always text."""
    return {"op": "replace", "path": path, "value": value}


def resource_of(client, api, path):
    """The id of the resource at a path."""
    pages = client.get_paginator("get_resources").paginate(restApiId=api)
    return next(resource["id"] for page in pages for resource in page["items"] if resource["path"] == path)

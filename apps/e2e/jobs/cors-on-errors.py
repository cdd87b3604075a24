#!/usr/bin/env python3
from gateway import start

client, given = start("Lets pages of an origin read the answers that the gateway itself gives.", "api", "origin")
for response_type in ("DEFAULT_4XX", "DEFAULT_5XX"):
    client.put_gateway_response(
        restApiId=given.api,
        responseType=response_type,
        responseParameters={"gatewayresponse.header.Access-Control-Allow-Origin": f"'{given.origin}'"},
    )

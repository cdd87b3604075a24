#!/usr/bin/env bash
# Throttles one method of a stage: requests per second, and how many may come at once. A path is written as it is: /pets/{petId}.
# throttle-method.sh [--endpoint-url ADDRESS] API STAGE PATH VERB RATE BURST
. "$(dirname "$0")/gateway.sh"
# In the path of a patch ~ is ~0 and / is ~1.
path=${3//\~/\~0} path=${path//\//\~1} verb=$4

# As JSON: the short form of the CLI cannot carry braces.
gateway update-stage --rest-api-id "$1" --stage-name "$2" --query stageName --patch-operations "[
  {\"op\": \"replace\", \"path\": \"/$path/$verb/throttling/rateLimit\", \"value\": \"$5\"},
  {\"op\": \"replace\", \"path\": \"/$path/$verb/throttling/burstLimit\", \"value\": \"$6\"}
]"

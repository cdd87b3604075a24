#!/usr/bin/env bash
# Writes what a stage serves as an OpenAPI 3.0 document with all of Amazon's extensions.
# export-api.sh [--endpoint-url ADDRESS] API STAGE FILE
. "$(dirname "$0")/gateway.sh"

gateway get-export --rest-api-id "$1" --stage-name "$2" --export-type oas30 --parameters extensions=apigateway "$3" > /dev/null

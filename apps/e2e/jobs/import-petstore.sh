#!/usr/bin/env bash
# Makes an API of an OpenAPI or Swagger document, JSON or YAML, and prints its id.
# import-petstore.sh [--endpoint-url ADDRESS] DOCUMENT
. "$(dirname "$0")/gateway.sh"

gateway import-rest-api --parameters endpointConfigurationTypes=REGIONAL --body "$(document "$1")" --query id

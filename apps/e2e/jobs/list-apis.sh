#!/usr/bin/env bash
# Prints id and name of all APIs, however many; the CLI follows the pages itself.
# list-apis.sh [--endpoint-url ADDRESS]
. "$(dirname "$0")/gateway.sh"

gateway get-rest-apis --query 'items[].[id, name]'

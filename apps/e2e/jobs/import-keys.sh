#!/usr/bin/env bash
# Makes keys of a CSV file with the columns name, key, description, enabled and usageplanIds, and prints their ids.
# import-keys.sh [--endpoint-url ADDRESS] FILE
. "$(dirname "$0")/gateway.sh"

gateway import-api-keys --format csv --fail-on-warnings --body "$(document "$1")" --query 'ids[].[@]'

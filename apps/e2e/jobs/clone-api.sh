#!/usr/bin/env bash
# Makes a copy of an API under another name, and prints its id. Stages and deployments are not copied.
# clone-api.sh [--endpoint-url ADDRESS] API NAME
. "$(dirname "$0")/gateway.sh"

gateway create-rest-api --clone-from "$1" --name "$2" --query id

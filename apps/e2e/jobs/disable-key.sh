#!/usr/bin/env bash
# Disables a key: from now on it opens nothing.
# disable-key.sh [--endpoint-url ADDRESS] KEY
. "$(dirname "$0")/gateway.sh"

gateway update-api-key --api-key "$1" --patch-operations op=replace,path=/enabled,value=false --query enabled

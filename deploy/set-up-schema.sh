#!/bin/sh
# Creates Temporal's two databases and brings their tables to this release's version. Does nothing that is done, so it
# runs before every start, and after an upgrade it migrates. Settings: SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD.
set -eu

export SQL_PLUGIN=postgres12

set_up() {
  temporal-sql-tool --database "$1" create-database
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-name "$2"
}

set_up temporal postgresql/v12/temporal
set_up temporal_visibility postgresql/v12/visibility

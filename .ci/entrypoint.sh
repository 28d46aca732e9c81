#!/bin/sh
# Begins as the official image of PostgreSQL does: makes the cluster with the user, the password and
# the database of the environment, starts once to make that database, and then for good.
set -eu
user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}

as_postgres() {
  setpriv --reuid 999 --regid 999 --clear-groups "$@"
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  chown -R 999:999 /var/lib/postgresql /run/postgresql
  # The file is read before anything else is done, and the password is on no command line.
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then
    POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
  fi
  (umask 077 && echo "${POSTGRES_PASSWORD:?the superuser needs a password}" >/tmp/password)
  chown 999:999 /tmp/password
  as_postgres initdb --username "$user" --pwfile /tmp/password --auth scram-sha-256 \
    --encoding UTF8 --locale C.UTF-8 --auth-local trust
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  as_postgres pg_ctl --wait start -o "-c listen_addresses= -c unix_socket_directories=/tmp"
  if [ "$database" != postgres ]; then
    as_postgres psql -q --host /tmp --username "$user" --dbname postgres \
      --set database="$database" <<'SQL'
CREATE DATABASE :"database";
SQL
  fi
  as_postgres pg_ctl --wait --mode fast stop
fi
if [ "$1" = postgres ]; then
  shift
  exec setpriv --reuid 999 --regid 999 --clear-groups postgres \
    -c 'listen_addresses=*' -c unix_socket_directories=/run/postgresql "$@"
fi
exec "$@"

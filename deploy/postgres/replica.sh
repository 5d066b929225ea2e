#!/bin/sh
# A copy of PRIMARY that follows it. The first start fetches the copy, later ones go on from it.
# PGDATA, PGUSER, PGPASSWORD and PRIMARY (a host) come from the environment.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	# What a fetch left that was cut off.
	rm -rf "$PGDATA"
	mkdir -p -m 0700 "$PGDATA"
	pg_basebackup --host "$PRIMARY" --port "${PRIMARY_PORT:-5432}" --pgdata "$PGDATA" --wal-method stream \
		--checkpoint fast --write-recovery-conf
fi
exec postgres -c hot_standby=on -c hot_standby_feedback=on "$@"

# What the benchmarks share: a PostgreSQL and the application of their own on loopback, in a temporary directory, both ended
# at the end; timing and medians. Sourced after rows and heap are set.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(pg_config --bindir)
work=$(mktemp -d)
pg_port=${PG_PORT:-5917} port=${PORT:-8917}
as_postgres=()
[ "$(id -u)" -ne 0 ] || { as_postgres=(runuser -u postgres --); chown postgres "$work"; chmod 755 "$work"; }
# as docs/deploy.md says for little memory; another choice by JVM_OPTIONS
read -ra jvm <<<"${JVM_OPTIONS--XX:+UseSerialGC -Xms160m -Xmn144m -XX:SurvivorRatio=5}"
jvm+=("-Xmx$heap")
app=

finish() {
	[ -z "$app" ] || { kill "$app" 2>/dev/null || true; wait "$app" 2>/dev/null || true; }
	(cd "$work" && "${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -m fast -w stop >/dev/null 2>&1) || true
	rm -rf "$work"
}
trap finish EXIT

start_all() {
	(cd "$top" && mvn -q -B -DskipTests package)
	java "$top/ops/bench/MakeProducts.java" "$work/products.csv" "$rows" 7
	cd "$work"
	"${as_postgres[@]}" "$bin/initdb" -D "$work/pg" -U postgres -A trust -E UTF8 --locale=C >/dev/null
	"${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -l "$work/pg.log" -w -o "-p $pg_port -k $work" start >/dev/null
	export PGHOST=127.0.0.1 PGPORT=$pg_port PGUSER=postgres PGDATABASE=bench PGOPTIONS=--client-min-messages=warning
	psql -qX -d postgres -c "CREATE DATABASE bench"
	DATABASE_URL="postgres://postgres@127.0.0.1:$pg_port/bench" DATA_DIR="$work/data" PORT=$port \
		java "${jvm[@]}" -jar "$top"/target/product-importer-*.jar >"$work/app.log" 2>&1 &
	app=$!
	until curl -sf "localhost:$port/products" >/dev/null; do
		kill -0 "$app" || { cat "$work/app.log"; exit 1; }
		sleep 0.2
	done
}

now() { date +%s.%N; }
since() { echo "$(now) - $1" | bc; }

send() { curl -sf -F "file=@$work/${1:-products}.csv" "localhost:$port/upload" | grep -oE '"task_id":"[^"]+' | cut -d'"' -f4; }

await() {
	local status
	until status=$(curl -sf "localhost:$port/upload/status/$1") && [[ $status == *'"status":"completed"'* ]]; do
		[[ $status != *'"status":"failed"'* ]] || { echo "$status" >&2; exit 1; }
		sleep 0.02
	done
}

# seconds from the start of the transfer to completed
upload() {
	local t; t=$(now)
	await "$(send "$@")"
	since "$t"
}

# CPU seconds until now
ticks=$(getconf CLK_TCK)
app_cpu() { awk -v hz="$ticks" '{printf "%.2f", ($14 + $15) / hz}' "/proc/$app/stat"; }
# of the postmaster with its ended children, and of those that live
server_cpu() {
	local postmaster; postmaster=$(head -1 "$work/pg/postmaster.pid")
	{ cat "/proc/$postmaster/stat"; for child in $(pgrep -P "$postmaster"); do cat "/proc/$child/stat" 2>/dev/null || true; done; } |
		awk -v hz="$ticks" 'NR == 1 {s = $16 + $17} {s += $14 + $15} END {printf "%.2f", s / hz}'
}

empty() { psql -qX -c "TRUNCATE product" -c "CHECKPOINT"; }

median() { printf '%s\n' "$@" | sort -n | awk '{v[NR] = $1} END {printf "%.2f", (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
# by order statistics: of 10 values the 2nd and the 9th hold the median with 98 %; of fewer than 6 none do with 95 %
interval() { printf '%s\n' "$@" | sort -n | awk '{v[NR] = $1} END {if (NR < 6) {print "-"} else {k = (NR < 9) ? 1 : (NR < 12) ? 2 : int(NR / 2 - sqrt(NR)) + 1; printf "%.2f–%.2f", v[k], v[NR + 1 - k]}}'; }
ratios() { local -n a=$1 b=$2; for i in "${!a[@]}"; do echo "scale=4; ${a[$i]} / ${b[$i]}" | bc; done; }

machine() {
	echo "$(date -u +%F), $(nproc) cores, $(awk '/MemTotal/ {printf "%d GiB", $2 / 1048576}' /proc/meminfo), $(java -version 2>&1 | head -1), ${jvm[*]}, $("$bin/postgres" --version) with default settings ($(psql -AtXq -c "SELECT string_agg(name || '=' || current_setting(name), ', ') FROM pg_settings WHERE name IN ('shared_buffers', 'fsync', 'synchronous_commit', 'max_wal_size')"))"
}

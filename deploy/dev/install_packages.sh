#!/usr/bin/env bash
# Installs the named packages and lets none of them start or enable a system service: Foyer's demo and tests run
# PostgreSQL and Redis of their own. Runs as root; what it puts in place for the time of the installation it removes.
set -euo pipefail

marker="written by Foyer's dev for the time of one installation"
policy=/usr/sbin/policy-rc.d
cluster_settings=/etc/postgresql-common/createcluster.d
apt_options=(-q -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0)
# A machine that is thrown away after its tests need not have each file on the disk before the next.
if [ -n "${CI:-}" ]; then apt_options+=(-o Dpkg::Options::=--force-unsafe-io); fi

# installs NAME: whether this package is among those that come now.
names=" $* "
installs() { [ "${names#* "$1" }" != "$names" ]; }

# Only files that carry the marker are removed, also those that an installation broken off left behind.
remove_own_files() {
  if grep -qs "$marker" "$policy"; then rm -f "$policy"; fi
  if [ -d "$cluster_settings" ]; then
    rm -f "$cluster_settings/foyer_setup.conf"
    rmdir --ignore-fail-on-non-empty "$cluster_settings"
  fi
}
trap remove_own_files EXIT
trap 'exit 130' INT TERM HUP
remove_own_files

if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\n# %s\nexit 101\n' "$marker" >"$policy"
  chmod 755 "$policy"
fi
if installs postgresql-15; then
  mkdir -p "$cluster_settings"
  printf '# %s\ncreate_main_cluster = false\n' "$marker" >"$cluster_settings/foyer_setup.conf"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get "${apt_options[@]}" update </dev/null || echo "apt-get update failed; going on with the lists that are there"
apt-get "${apt_options[@]}" install -y --no-install-recommends "$@" </dev/null

# Redis' package enables its service for the next boot. It was not wanted before, so it is not wanted then. The variable
# lets the package system's own program, which also works where systemd does not run, believe that the package asks.
if installs redis-server; then
  DPKG_MAINTSCRIPT_PACKAGE=redis-server deb-systemd-helper disable redis-server.service >/dev/null || true
fi

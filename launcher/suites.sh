# The test suites.
# shellcheck shell=bash

run_suites() { die "no suite yet" "mvn verify runs the unit tests"; }

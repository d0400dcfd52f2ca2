# The sample stack "shop": created once for each data folder, through the same API that everybody uses.
# shellcheck shell=bash

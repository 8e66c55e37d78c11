"""Runs geomatch under load with faults, then checks its log and its map against what it answered. See README.md."""

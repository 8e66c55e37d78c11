"""What bench/compare, bench/steps and bench/bystanders run: geomatch beside its peers, interleaved. See README.md."""

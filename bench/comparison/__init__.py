"""What bench/compare and bench/steps run: geomatch beside its peers, interleaved. See README.md."""

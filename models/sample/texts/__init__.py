"""The sample division's texts, written by hand: data only, for whoever plays its year."""

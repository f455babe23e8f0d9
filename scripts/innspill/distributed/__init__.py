"""Past one machine: a store that machines share, and workers on them. Installed as an extra."""

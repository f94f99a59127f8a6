package ai.ubc.cli.laws.broken.engine;

import java.util.HashSet;

record IteratesHashSet(HashSet<Long> accounts) {}

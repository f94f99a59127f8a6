package ai.ubc.cli.laws.broken.engine;

import io.aeron.Aeron;

record KnowsAeron(Aeron aeron) {}

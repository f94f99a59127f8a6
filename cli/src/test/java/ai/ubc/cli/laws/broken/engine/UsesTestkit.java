package ai.ubc.cli.laws.broken.engine;

import ai.ubc.cli.laws.broken.testkit.Fake;

record UsesTestkit(Fake fake) {}

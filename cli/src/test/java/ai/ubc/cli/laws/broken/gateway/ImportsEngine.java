package ai.ubc.cli.laws.broken.gateway;

import ai.ubc.cli.laws.broken.engine.Divides;

record ImportsEngine(Divides divides) {}

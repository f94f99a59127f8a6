package ai.ubc.cli.laws.broken.sdk.part;

import ai.ubc.cli.laws.broken.sdk.UsesPart;

public record UsesWhole(UsesPart whole) {}

package ai.ubc.cli.laws.broken.testkit;

public record Fake(int value) {}

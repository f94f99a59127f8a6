package ai.ubc.cli.laws.broken.api;

public record Order(int value) {}

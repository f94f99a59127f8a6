package ai.ubc.cli.laws.broken.domain;

public record Amount(long micros) {}

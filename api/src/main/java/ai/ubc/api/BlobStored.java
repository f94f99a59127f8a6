package ai.ubc.api;

/**
 * A body is in the store and on disk.
 *
 * @param sha256 its name
 * @param bytes its length
 */
public record BlobStored(String sha256, long bytes) {}

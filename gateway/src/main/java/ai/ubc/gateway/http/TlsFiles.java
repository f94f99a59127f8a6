package ai.ubc.gateway.http;

import java.nio.file.Path;

/**
 * By what a gateway shows who it is.
 *
 * @param certificate its certificate, with those that lead to its authority behind it, in PEM
 * @param key its private key, PKCS #8 in PEM
 */
public record TlsFiles(Path certificate, Path key) {}

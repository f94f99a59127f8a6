package ai.ubc.cli.command;

import java.net.URI;
import java.nio.file.Path;

/**
 * A network, as a user's commands know it.
 *
 * @param name its name among the user's contexts
 * @param gateway its gateway
 * @param wallet the user's key file for it
 * @param fingerprint hash of its genesis, {@code 0x} and 64 hexadecimal digits: another network at
 *     the same address has another
 */
public record Context(String name, URI gateway, Path wallet, String fingerprint) {}

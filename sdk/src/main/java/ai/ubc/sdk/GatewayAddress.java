package ai.ubc.sdk;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Where a gateway answers and whom to believe there: a URL, and behind {@code #} the SHA-256 of its
 * certificate's public key, as in {@code https://203.0.113.5:8080#sha256=…}. Without one the
 * authorities of this machine decide. Plain HTTP is for this machine only: off it whoever forwards
 * the packets could read access tokens and answer in the gateway's place.
 *
 * @param url the address, which ends in a slash
 * @param pin the SHA-256 of the public key's SubjectPublicKeyInfo (RFC 7469); empty to go by the
 *     authorities
 */
record GatewayAddress(URI url, Optional<Hash32> pin) {
  private static final Pattern PIN = Pattern.compile("sha256=([0-9a-fA-F]{64})");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  /**
   * Reads an address.
   *
   * @throws UnsafeGateway when it would have others read or answer
   */
  static GatewayAddress of(URI text) throws UnsafeGateway {
    String host = text.getHost() == null ? "" : text.getHost().toLowerCase(Locale.ROOT);
    boolean isTls = "https".equalsIgnoreCase(text.getScheme());
    if (!isTls && !LOOPBACK.matcher(host).matches()) {
      throw new UnsafeGateway(
          text
              + " is not on this machine and not encrypted: whoever is on the way could read what is sent and answer for the gateway. Nothing was sent. Use the https:// address that \"ubc invite\" prints there.",
          null);
    }
    String whole = text.toString();
    int hash = whole.indexOf('#');
    String address = hash < 0 ? whole : whole.substring(0, hash);
    return new GatewayAddress(
        URI.create(address.endsWith("/") ? address : address + "/"), pin(text, isTls));
  }

  private static Optional<Hash32> pin(URI text, boolean isTls) throws UnsafeGateway {
    String fragment = text.getFragment();
    if (fragment == null) {
      return Optional.empty();
    }
    Matcher pin = PIN.matcher(fragment);
    if (!isTls || !pin.matches()) {
      throw new UnsafeGateway(
          text
              + ": behind # stands the fingerprint of an https:// gateway, sha256= and 64 hexadecimal digits, and nothing else. Copy the whole line that \"ubc invite\" prints.",
          null);
    }
    return Optional.of(Hash32.parse(pin.group(1).toLowerCase(Locale.ROOT)));
  }

  /** The fingerprint of a key. */
  static Hash32 fingerprint(PublicKey key) {
    return Sha256.of(key.getEncoded());
  }

  /** How to meet it: empty where the machine's own ways do. */
  Optional<SSLContext> context() {
    return pin.map(expected -> {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new PinnedTrust(expected)}, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JVM has no TLS", e);
      }
    });
  }
}

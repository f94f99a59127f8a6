package ai.ubc.sdk;

import ai.ubc.domain.Hash32;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes the holder of one key, whatever its certificate says of names and times: the fingerprint
 * came to the user on a way that the user trusts, which says more than a name does. Being an
 * extended manager, it stands in for the check of the host's name too.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final Hash32 pin;

  PinnedTrust(Hash32 pin) {
    this.pin = pin;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    Hash32 found = GatewayAddress.fingerprint(chain[0].getPublicKey());
    if (!found.equals(pin)) {
      throw new CertificateException(
          "the gateway's key is sha256=" + found.hex() + ", not the one that was named");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}

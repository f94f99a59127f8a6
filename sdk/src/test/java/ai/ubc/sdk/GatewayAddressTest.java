package ai.ubc.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Hash32;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GatewayAddressTest {
  private static final String PIN = "0123456789abcdef".repeat(4);

  private static GatewayAddress of(String text) throws UnsafeGateway {
    return GatewayAddress.of(URI.create(text));
  }

  @Test
  void plainHttpIsForThisMachineOnly() throws Exception {
    for (String here : List.of("http://127.0.0.1:8080", "http://LocalHost:1", "http://[::1]:2/")) {
      assertThat(of(here).context()).isEmpty();
    }
    for (String elsewhere :
        List.of(
            "http://192.0.2.1:8080",
            "http://compute.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://[2001:db8::1]:8080")) {
      assertThatThrownBy(() -> of(elsewhere))
          .isInstanceOf(UnsafeGateway.class)
          .hasMessageContaining(elsewhere)
          .hasMessageContaining("Nothing was sent");
      assertThatThrownBy(() -> UbcClient.connect(URI.create(elsewhere)))
          .isInstanceOf(UnsafeGateway.class);
    }
  }

  @Test
  void theFingerprintStandsBehindTheAddressAndIsNotPartOfIt() throws Exception {
    GatewayAddress pinned = of("https://192.0.2.1:8443#sha256=" + PIN);
    assertThat(pinned.url()).isEqualTo(URI.create("https://192.0.2.1:8443/"));
    assertThat(pinned.pin()).contains(Hash32.parse(PIN));
    assertThat(pinned.context()).isPresent();
    assertThat(of("https://compute.example.org/ubc").url())
        .isEqualTo(URI.create("https://compute.example.org/ubc/"));
    assertThat(of("https://compute.example.org").context()).isEmpty();
  }

  @Test
  void whatIsNoFingerprintIsRefusedAndNotIgnored() {
    for (String wrong :
        List.of(
            "https://192.0.2.1#sha256=12",
            "https://192.0.2.1#" + PIN,
            "https://192.0.2.1#sha256=" + PIN + "0",
            "http://127.0.0.1#sha256=" + PIN)) {
      assertThatThrownBy(() -> of(wrong))
          .isInstanceOfSatisfying(UnsafeGateway.class, e -> assertThat(e.isRetryable()).isFalse());
    }
  }

  @Test
  void onlyTheHolderOfTheNamedKeyIsBelieved() throws Exception {
    X509Certificate[] some = someCertificates();
    X509Certificate[] chain = {some[0]};
    PinnedTrust trust = new PinnedTrust(GatewayAddress.fingerprint(some[0].getPublicKey()));
    assertThatCode(() -> trust.checkServerTrusted(chain, "EC")).doesNotThrowAnyException();
    X509Certificate[] other = {
      Arrays.stream(some)
          .filter(c -> !c.getPublicKey().equals(some[0].getPublicKey()))
          .findFirst()
          .orElseThrow(),
      some[0]
    };
    assertThatThrownBy(() -> trust.checkServerTrusted(other, "EC"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("not the one that was named");
    assertThatThrownBy(() -> trust.checkClientTrusted(chain, "EC"))
        .isInstanceOf(CertificateException.class);
    assertThat(trust.getAcceptedIssuers()).isEmpty();
  }

  // Those of the authorities that this JVM brings.
  private static X509Certificate[] someCertificates() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    @Nullable KeyStore usual = null;
    factory.init(usual);
    return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
  }
}

package ai.ubc.cli.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.gateway.http.TlsFiles;
import ai.ubc.provider.node.Unfinished;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class NodePageTest {
  private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicBoolean isInTouch = new AtomicBoolean(true);
  private final AtomicBoolean isLeaving = new AtomicBoolean();
  private final NodePage.Subject subject =
      new NodePage.Subject(
          "provider",
          isInTouch::get,
          isLeaving::get,
          () -> new Unfinished(true, List.of(7L), List.of(5L, 6L)),
          12,
          URI.create("http://127.0.0.1:8080"),
          2,
          "provider, 0.01 COMPUTE for 1 G units, bond 100 COMPUTE");

  private NodePage page(Listen listen) throws IOException {
    NodePage page = new NodePage(listen);
    page.show(subject);
    return page;
  }

  private static HttpResponse<String> ask(HttpClient client, URI page, String path, String method)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(page.resolve(path)).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  @Test
  void healthIsGoodWhileTheNodeTakesPartAndNotBeforeOrAfter() throws Exception {
    try (NodePage page = new NodePage(Listen.local(0));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(ask(client, page.url(), "/health", "GET").body()).contains("starting");
      assertThat(ask(client, page.url(), "/status", "GET").statusCode()).isEqualTo(503);
      page.show(subject);
      assertThat(ask(client, page.url(), "/health", "GET").statusCode()).isEqualTo(200);
      assertThat(ask(client, page.url(), "/health", "HEAD").statusCode()).isEqualTo(200);
      isInTouch.set(false);
      assertThat(ask(client, page.url(), "/health", "GET").statusCode()).isEqualTo(503);
      isInTouch.set(true);
      isLeaving.set(true);
      HttpResponse<String> leaving = ask(client, page.url(), "/health", "GET");
      assertThat(leaving.statusCode()).isEqualTo(503);
      assertThat(leaving.body()).isEqualTo("{\"state\":\"leaving\"}\n");
    }
  }

  @Test
  void theStatusNamesWhatItRunsAndWhatItMustOpen() throws Exception {
    try (NodePage page = page(Listen.local(0));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(ask(client, page.url(), "/status", "GET").body())
          .isEqualTo(
              "{\"role\":\"provider\",\"state\":\"working\",\"account\":12,"
                  + "\"gateway\":\"http://127.0.0.1:8080\","
                  + "\"terms\":\"provider, 0.01 COMPUTE for 1 G units, bond 100 COMPUTE\","
                  + "\"programsMax\":2,\"running\":[7],\"committed\":[5,6]}\n");
    }
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    try (NodePage page = page(Listen.local(0));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(ask(client, page.url(), "/", "GET").statusCode()).isEqualTo(404);
      assertThat(ask(client, page.url(), "/status/../node.key", "GET").statusCode()).isEqualTo(404);
      HttpResponse<String> command = ask(client, page.url(), "/status", "POST");
      assertThat(command.statusCode()).isEqualTo(405);
      assertThat(command.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void anAddressThatOthersReachIsEncryptedByTheKeyThatItNames(@TempDir Path directory)
      throws Exception {
    TlsFiles files = OwnCertificate.in(directory, "gateway", new SecureRandom(), BORN);
    Listen listen = new Listen(InetAddress.getLoopbackAddress(), 0, Optional.of(files));
    try (NodePage page = page(listen)) {
      URI url = page.url();
      assertThat(url.toString())
          .startsWith("https://127.0.0.1:")
          .endsWith("#sha256=" + OwnCertificate.fingerprint(files.certificate()));
      try (Socket socket =
          trusting(files).getSocketFactory().createSocket(url.getHost(), url.getPort())) {
        socket
            .getOutputStream()
            .write(
                "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                    .getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"state\":\"working\"}\n");
      }
    }
  }

  @Test
  void whoAsksByAnotherNameIsRefused() throws Exception {
    try (NodePage page = page(Listen.local(0));
        Socket socket = new Socket(page.url().getHost(), page.url().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("account");
    }
  }

  private static SSLContext trusting(TlsFiles files) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    store.setCertificateEntry("page", certificate(files));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate certificate(TlsFiles files) throws Exception {
    try (InputStream in = Files.newInputStream(files.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static Optional<Listen> parsed(Path own, String... arguments) throws Exception {
    NodeListenOption option = new NodeListenOption();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("listen", CommandLine.Model.CommandSpec.forAnnotatedObject(option)))
        .parseArgs(arguments);
    return option.listen(own, "validator");
  }

  @Test
  void aNodeListensNowhereUnlessToldAndOnLoopbackUnlessAnAddressIsNamed(@TempDir Path own)
      throws Exception {
    assertThat(parsed(own)).isEmpty();
    assertThat(parsed(own, "--listen", "9090")).contains(Listen.local(9_090));
    assertThat(parsed(own, "--listen", "[::1]:0").orElseThrow().tls()).isEmpty();
    assertThat(own).isEmptyDirectory();
    TlsFiles made = parsed(own, "--listen", "0.0.0.0:0").orElseThrow().tls().orElseThrow();
    assertThat(certificate(made).getSubjectX500Principal().getName())
        .isEqualTo("CN=UBC validator status page");
  }

  @Test
  void whatIsNoAddressOrPortIsRefused(@TempDir Path own) {
    for (String wrong : List.of("", "x", "70000", "-1", "127.0.0.1:", ":80", "no such host:80")) {
      assertThatThrownBy(() -> parsed(own, "--listen", wrong))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("--listen");
    }
  }
}

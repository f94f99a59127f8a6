package ai.ubc.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;

/** The HTTP server. Requests wait until the cores are there. */
public final class HttpServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final String url;
  private final int port;

  private HttpServer(ConfigurableApplicationContext context, String url, int port) {
    this.context = context;
    this.url = url;
    this.port = port;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free port
   * @param tls by what it shows who it is; empty for plain HTTP
   * @param cores what requests are answered from; may wait
   * @param whenLogging runs early, as soon as logging is set up
   */
  public static HttpServer start(
      String host, int port, Optional<TlsFiles> tls, Supplier<Cores> cores, Runnable whenLogging) {
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setAddCommandLineProperties(false);
    application.setDefaultProperties(
        Map.of(
            "logging.level.root",
            "warn",
            // These warn of what is meant: an API description, and a client's wrong path.
            "logging.level.org.springdoc",
            "error",
            "logging.level.org.springframework.web.servlet.PageNotFound",
            "error",
            // A start that fails is thrown, and said where it is caught.
            "logging.level.org.springframework.boot.web.server.servlet.context",
            "error",
            "logging.level.org.springframework.boot.diagnostics",
            "off"));
    application.addInitializers(context -> {
      whenLogging.run();
      // Before the environment's variables, so that a SERVER_PORT meant for others changes
      // nothing here.
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("ubc", properties(host, port, tls)));
      RootBeanDefinition definition = new RootBeanDefinition();
      definition.setTargetType(ResolvableType.forClassWithGenerics(Supplier.class, Cores.class));
      definition.setInstanceSupplier(() -> cores);
      ((GenericApplicationContext) context).registerBeanDefinition("cores", definition);
    });
    ConfigurableApplicationContext context = application.run();
    var server = ((ServletWebServerApplicationContext) context).getWebServer();
    int bound = server == null ? port : server.getPort();
    String name = host.contains(":") ? "[" + host + "]" : host;
    String scheme = tls.isPresent() ? "https://" : "http://";
    return new HttpServer(context, scheme + name + ":" + bound, bound);
  }

  private static Map<String, Object> properties(String host, int port, Optional<TlsFiles> tls) {
    Map<String, Object> properties = new LinkedHashMap<>();
    tls.ifPresent(files -> {
      String store = "spring.ssl.bundle.pem.gateway.keystore.";
      properties.put(store + "certificate", files.certificate().toUri().toString());
      properties.put(store + "private-key", files.key().toUri().toString());
      properties.put("server.ssl.bundle", "gateway");
      properties.put("server.ssl.enabled-protocols", "TLSv1.3,TLSv1.2");
    });
    properties.put("server.address", host);
    properties.put("server.port", port);
    properties.put("server.shutdown", "graceful");
    properties.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
    properties.put("spring.threads.virtual.enabled", true);
    properties.put("spring.main.lazy-initialization", true);
    properties.put("spring.web.resources.add-mappings", false);
    properties.put("spring.jmx.enabled", false);
    properties.put("server.tomcat.connection-timeout", "20s");
    properties.put("server.tomcat.max-swallow-size", "1MB");
    properties.put("management.endpoints.web.exposure.include", "health");
    properties.put("management.endpoints.web.discovery.enabled", false);
    properties.put("springdoc.api-docs.path", "/v1/openapi.json");
    properties.put("springdoc.pre-loading-enabled", false);
    properties.put("springdoc.default-produces-media-type", "application/json");
    return properties;
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** {@code http://HOST:PORT} or {@code https://HOST:PORT}, with the port it listens on. */
  public String url() {
    return url;
  }

  /** Ends after the requests that are being answered, at the latest after 5 seconds. */
  @Override
  public void close() {
    context.close();
  }
}

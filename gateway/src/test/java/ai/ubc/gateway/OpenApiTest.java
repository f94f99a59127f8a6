package ai.ubc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.LedgerEvent;
import ai.ubc.api.Problem;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.problem.ProblemCode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document and the reference agree with what answers. */
@ExtendWith(Databases.class)
final class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "head");

  @TempDir static Path directory;
  private static TestGateway gateway;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    gateway = new TestGateway(new TestNetwork("openapi"), directory);
    document = gateway.json("/v1/openapi.json");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private record Endpoint(String method, String path) {}

  private static List<Endpoint> endpoints() {
    List<Endpoint> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      path.getValue()
          .propertyNames()
          .forEach(method -> found.add(new Endpoint(method, path.getKey())));
    }
    return found;
  }

  @Test
  void everyEndpointIsDocumented() {
    assertThat(endpoints())
        .containsExactlyInAnyOrder(
            new Endpoint("post", "/v1/commands"),
            new Endpoint("get", "/v1/commands/{hash}"),
            new Endpoint("get", "/v1/accounts/{account}/mandates"),
            new Endpoint("get", "/v1/network"),
            new Endpoint("get", "/v1/genesis"),
            new Endpoint("get", "/v1/accounts"),
            new Endpoint("get", "/v1/accounts/{account}"),
            new Endpoint("get", "/v1/accounts/{account}/work"),
            new Endpoint("get", "/v1/accounts/{account}/standing"),
            new Endpoint("put", "/v1/accounts/{account}/encryption-key"),
            new Endpoint("get", "/v1/accounts/{account}/encryption-key"),
            new Endpoint("put", "/v1/jobs/{job}/keys/{reader}"),
            new Endpoint("get", "/v1/jobs/{job}/keys"),
            new Endpoint("get", "/v1/jobs"),
            new Endpoint("get", "/v1/jobs/{job}"),
            new Endpoint("get", "/v1/jobs/{job}/receipt"),
            new Endpoint("get", "/v1/log/root"),
            new Endpoint("get", "/v1/log/consistency"),
            new Endpoint("get", "/v1/market/{resourceClass}"),
            new Endpoint("get", "/v1/quote"),
            new Endpoint("get", "/v1/burns"),
            new Endpoint("get", "/v1/stream"),
            new Endpoint("put", "/v1/blobs/{sha256}"),
            new Endpoint("get", "/v1/blobs/{sha256}"),
            new Endpoint("head", "/v1/blobs/{sha256}"),
            new Endpoint("post", "/v1/blobs/{sha256}/receipt"));
  }

  @Test
  void everyDocumentedEndpointAnswers() throws IOException, InterruptedException {
    for (Endpoint endpoint : endpoints()) {
      assertThat(METHODS).contains(endpoint.method());
      String path =
          endpoint
              .path()
              .replace("{account}", "1")
              .replace("{job}", "1")
              .replace("{reader}", "1")
              .replace("{resourceClass}", "wasi")
              .replace("{hash}", "11".repeat(32))
              .replace("{sha256}", "11".repeat(32));
      HttpRequest request =
          gateway
              .request(path)
              .method(
                  endpoint.method().toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<java.io.InputStream> answer =
          gateway.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      assertThat(answer.statusCode()).as(endpoint.toString()).isNotIn(405, 406, 500, 501);
      if (!endpoint.method().equals("head") && answer.statusCode() == 404) {
        assertThat(path).matches("/v1/(jobs|commands|blobs|accounts/1/encryption-key).*");
      }
    }
  }

  @Test
  void octetsAndServerSentEventsAreDocumentedAsSuch() {
    JsonNode paths = document.get("paths");
    assertThat(names(paths.at("/~1v1~1commands/post/requestBody/content")))
        .containsExactly("application/octet-stream");
    assertThat(names(paths.at("/~1v1~1blobs~1{sha256}/put/requestBody/content")))
        .containsExactly("application/octet-stream");
    assertThat(names(paths.at("/~1v1~1blobs~1{sha256}/get/responses/200/content")))
        .containsExactly("application/octet-stream");
    assertThat(names(paths.at("/~1v1~1stream/get/responses/200/content")))
        .containsExactly("text/event-stream");
  }

  private static List<String> names(JsonNode node) {
    return new ArrayList<>(node.propertyNames());
  }

  @Test
  void everyOperationNamesItsProblemsAndEveryReferenceResolves() {
    for (Endpoint endpoint : endpoints()) {
      JsonNode operation = document.get("paths").get(endpoint.path()).get(endpoint.method());
      assertThat(operation.get("operationId").asString()).isNotBlank();
      assertThat(names(operation.at("/responses/default/content")))
          .containsExactly(Problem.MEDIA_TYPE);
    }
    JsonNode schemas = document.at("/components/schemas");
    for (JsonNode reference : document.findValues("$ref")) {
      String name = reference.asString().substring("#/components/schemas/".length());
      assertThat(schemas.has(name)).as(name).isTrue();
    }
    assertThat(schemas.get("LedgerEvent").get("oneOf").size())
        .isEqualTo(LedgerEvent.class.getPermittedSubclasses().length);
    assertThat(schemas.at("/JobView/properties/postings").isMissingNode()).isFalse();
  }

  @Test
  void theReferenceNamesEveryPathAndEveryProblem() throws IOException {
    String reference =
        Files.readString(Path.of("..", "docs", "reference", "http.md").toAbsolutePath());
    for (Endpoint endpoint : endpoints()) {
      String path = endpoint.path().replace("{resourceClass}", "wasi");
      assertThat(reference).contains(path);
    }
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(reference).contains("`" + code + "`");
    }
  }
}

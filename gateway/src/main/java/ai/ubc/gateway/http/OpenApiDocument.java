package ai.ubc.gateway.http;

import ai.ubc.api.LedgerEvent;
import ai.ubc.api.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Map;

/** What annotations can not say in the OpenAPI document. */
final class OpenApiDocument {
  /** Name of the security scheme of bodies. */
  static final String ACCESS = "access";

  private static final String SCHEMAS = "#/components/schemas/";

  private OpenApiDocument() {}

  /** The frame of the document. */
  static OpenAPI frame() {
    return new OpenAPI()
        .info(
            new Info()
                .title("UBC gateway")
                .version("v1")
                .description(
                    "Amounts are integers in micro-units, prices micro-COMPUTE for 1,000,000"
                        + " units, times milliseconds of log time. Every failure is a Problem."))
        .components(
            new Components()
                .addSecuritySchemes(
                    ACCESS,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("Authorization")
                        .description("UBC <account>.<expiresMs>.<signature in hex>")));
  }

  /** Adds the problem that every operation can answer with, and the types of events. */
  static void complete(OpenAPI document) {
    schemas(Problem.class).forEach(document.getComponents()::addSchemas);
    addEvents(document);
    ApiResponse problem =
        new ApiResponse()
            .description("A problem (RFC 9457)")
            .content(
                new Content()
                    .addMediaType(
                        Problem.MEDIA_TYPE,
                        new MediaType().schema(new Schema<>().$ref(SCHEMAS + "Problem"))));
    document.getPaths().values().stream()
        .map(PathItem::readOperations)
        .forEach(operations ->
            operations.forEach(
                operation -> operation.getResponses().addApiResponse("default", problem)));
  }

  @SuppressWarnings("rawtypes")
  private static Map<String, Schema> schemas(Class<?> type) {
    return ModelConverters.getInstance(true).readAll(type);
  }

  private static void addEvents(OpenAPI document) {
    Discriminator discriminator = new Discriminator().propertyName("type");
    Schema<Object> event = new Schema<>();
    for (Class<?> type : LedgerEvent.class.getPermittedSubclasses()) {
      String name = type.getSimpleName();
      schemas(type)
          .forEach((key, schema) ->
              document
                  .getComponents()
                  .addSchemas(key, schema.addProperty("type", new StringSchema())));
      event.addOneOfItem(new Schema<>().$ref(SCHEMAS + name));
      discriminator.mapping(name, SCHEMAS + name);
    }
    document.getComponents().addSchemas("LedgerEvent", event.discriminator(discriminator));
  }
}

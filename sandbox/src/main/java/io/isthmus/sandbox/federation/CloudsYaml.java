package io.isthmus.sandbox.federation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.isthmus.sandbox.federation.Federation.CloudSpec;
import io.isthmus.sandbox.federation.Federation.Operator;
import io.isthmus.sandbox.federation.Federation.PricesSpec;
import io.isthmus.sandbox.federation.Federation.ProjectSpec;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The federation as a {@code clouds.yaml}: one entry for each cloud and project. */
public final class CloudsYaml {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

  private CloudsYaml() {}

  /**
   * Writes the file.
   *
   * @param authUrl the Keystone address of a cloud, by its name
   * @param authority the file with the certificate that those who speak TLS are trusted by
   */
  public static void write(
      Federation federation, Function<String, String> authUrl, Optional<Path> authority, Path file)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".clouds", ".yaml");
    Files.writeString(draft, YAML.writeValueAsString(document(federation, authUrl, authority)));
    Files.move(
        draft,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  static ObjectNode document(
      Federation federation, Function<String, String> authUrl, Optional<Path> authority) {
    ObjectNode document = Json.obj();
    ObjectNode entries = document.putObject("clouds");
    for (CloudSpec cloud : federation.clouds()) {
      for (ProjectSpec project : cloud.projects()) {
        ObjectNode entry =
            entry(
                cloud, project, federation.operator(cloud.operator()), authUrl.apply(cloud.name()));
        authority
            .filter(file -> cloud.tls())
            .ifPresent(file -> entry.put("cacert", file.toAbsolutePath().toString()));
        entries.set(key(cloud, project), entry);
      }
    }
    return document;
  }

  /** The first project's entry has the cloud's name, the others their tenant's name added. */
  static String key(CloudSpec cloud, ProjectSpec project) {
    if (project.name().equals(cloud.projects().get(0).name())) {
      return cloud.name();
    }
    String tenant = project.tenant().substring(0, project.tenant().indexOf('/'));
    boolean only =
        cloud.projects().stream().filter(p -> p.tenant().startsWith(tenant + "/")).count() == 1;
    return cloud.name() + "-" + (only ? tenant : project.name());
  }

  private static ObjectNode entry(
      CloudSpec cloud, ProjectSpec project, Operator operator, String authUrl) {
    ObjectNode entry = Json.obj();
    entry
        .putObject("auth")
        .put("auth_url", authUrl)
        .put("username", project.user())
        .put("password", project.password())
        .put("project_name", project.name())
        .put("user_domain_name", "Default")
        .put("project_domain_name", "Default");
    if (cloud.regions().size() == 1) {
      entry.put("region_name", cloud.regions().get(0).name());
    } else {
      ArrayNode regions = entry.putArray("regions");
      cloud.regions().forEach(region -> regions.add(region.name()));
    }
    entry.put("identity_api_version", 3);
    entry.set("isthmus", facts(cloud, project, operator));
    return entry;
  }

  private static JsonNode facts(CloudSpec cloud, ProjectSpec project, Operator operator) {
    ObjectNode facts = Json.obj();
    facts.put("cloud", cloud.name()).put("name", cloud.title()).put("project", project.tenant());
    ObjectNode by = facts.putObject("operator");
    by.put("id", operator.id()).put("name", operator.name()).put("seat", operator.seat());
    by.set("exposed_to", Json.texts(operator.exposedTo()));
    facts.put("country", cloud.country());
    facts.set("coordinates", numbers(cloud.coordinates()));
    ArrayNode certifications = facts.putArray("certifications");
    cloud
        .certifications()
        .forEach(
            c -> {
              ObjectNode one = certifications.addObject().put("name", c.name());
              if (c.until() != null) {
                one.put("until", c.until());
              }
            });
    if (cloud.prices() != null) {
      facts.set("prices", prices(cloud.prices()));
    }
    ObjectNode regions = facts.putObject("regions");
    for (RegionSpec region : cloud.regions()) {
      ObjectNode where = regions.putObject(region.name());
      where.put("country", region.country() == null ? cloud.country() : region.country());
      where.set(
          "coordinates",
          numbers(region.coordinates().isEmpty() ? cloud.coordinates() : region.coordinates()));
    }
    return facts;
  }

  private static ObjectNode prices(PricesSpec prices) {
    ObjectNode node = Json.obj().put("currency", prices.currency());
    ObjectNode hours = node.putObject("flavor_hour");
    prices.flavorHour().forEach(hours::put);
    put(node, "volume_gib_month", prices.volumeGibMonth());
    put(node, "address_hour", prices.addressHour());
    put(node, "egress_gib", prices.egressGib());
    return node;
  }

  private static void put(ObjectNode node, String name, BigDecimal price) {
    if (price != null) {
      node.put(name, price);
    }
  }

  private static ArrayNode numbers(List<Double> values) {
    ArrayNode array = Json.arr();
    values.forEach(array::add);
    return array;
  }
}

package io.isthmus.domain.sample;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.TemplateSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The samples that come with Isthmus. They hold nothing of anyone, so whoever asks may see them.
 */
@ApplicationScoped
public class Samples {

  private static final List<String> NAMES =
      List.of(
          "shop",
          "one-server",
          "jump-host",
          "bulletin",
          "mirrors",
          "workers",
          "records",
          "sovereign");

  /** Nested templates, by sample. */
  private static final Map<String, List<String>> FILES = Map.of("shop", List.of("web.yaml"));

  /** All of them, the one to begin with first. */
  public List<Sample> list() {
    return NAMES.stream().map(Samples::read).toList();
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  public Sample require(String name) {
    if (!NAMES.contains(name)) {
      throw FederationFault.notFound("sample", name);
    }
    return read(name);
  }

  private static Sample read(String name) {
    return new Sample(
        name,
        Phrase.of("sample." + name + ".title"),
        Phrase.of("sample." + name + ".description"),
        new TemplateSource(text(name + "/template.yaml"), files(name)),
        text(name + "/policy.yaml"));
  }

  private static Map<String, String> files(String name) {
    return FILES.getOrDefault(name, List.of()).stream()
        .collect(Collectors.toMap(file -> file, file -> text(name + "/" + file)));
  }

  private static String text(String file) {
    try (InputStream in = Samples.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the build left out samples/" + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read samples/" + file, e);
    }
  }
}

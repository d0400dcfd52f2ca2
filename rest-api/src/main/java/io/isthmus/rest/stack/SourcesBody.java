package io.isthmus.rest.stack;

import io.isthmus.domain.stack.StackSources;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack was made from; parameters are not told, because some are hidden.
 *
 * @param keyPairs the project's key pairs that servers name, with their public keys of then
 * @param images the project's images that servers and volumes name, as they were then
 */
public record SourcesBody(
    String template,
    Map<String, String> files,
    Map<String, String> registry,
    Map<String, String> keyPairs,
    Map<String, ImageOfThen> images,
    String policy,
    String plan) {

  /**
   * An image of the project.
   *
   * @param size bytes
   */
  public record ImageOfThen(String id, long size, String diskFormat, String sha512) {}

  static SourcesBody of(StackSources sources) {
    return new SourcesBody(
        sources.template().text(),
        sources.template().files(),
        sources.template().registry(),
        sources.template().keyPairs(),
        images(sources),
        sources.policy(),
        sources.plan().toString());
  }

  private static Map<String, ImageOfThen> images(StackSources sources) {
    Map<String, ImageOfThen> images = new TreeMap<>();
    sources
        .template()
        .images()
        .forEach(
            (name, image) ->
                images.put(
                    name,
                    new ImageOfThen(image.id(), image.size(), image.diskFormat(), image.sha512())));
    return images;
  }
}

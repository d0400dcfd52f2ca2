package io.isthmus.rest.stack;

import io.isthmus.domain.stack.StackSources;
import java.util.Map;

/** What a stack was made from; parameters are not told, because some are hidden. */
public record SourcesBody(
    String template,
    Map<String, String> files,
    Map<String, String> registry,
    String policy,
    String plan) {

  static SourcesBody of(StackSources sources) {
    return new SourcesBody(
        sources.template().text(),
        sources.template().files(),
        sources.template().registry(),
        sources.policy(),
        sources.plan().toString());
  }
}

package io.isthmus.rest.stack;

import io.isthmus.domain.stack.StackSources;
import java.util.Map;

/**
 * What a stack was made from; parameters are not told, because some are hidden.
 *
 * @param keyPairs the project's key pairs that servers name, with their public keys of then
 */
public record SourcesBody(
    String template,
    Map<String, String> files,
    Map<String, String> registry,
    Map<String, String> keyPairs,
    String policy,
    String plan) {

  static SourcesBody of(StackSources sources) {
    return new SourcesBody(
        sources.template().text(),
        sources.template().files(),
        sources.template().registry(),
        sources.template().keyPairs(),
        sources.policy(),
        sources.plan().toString());
  }
}

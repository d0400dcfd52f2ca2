package io.isthmus.domain.template;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.template.function.HotFunctions;
import io.isthmus.domain.template.type.ResourceTypes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What can be written in a template, for completion and help. It is told from what the parser
 * itself checks by, so that the two never differ.
 */
@ApplicationScoped
public class TemplateLanguage {

  /**
   * A function that is performed.
   *
   * @param since date of the first version of HOT that has it
   */
  public record Function(String name, String since) {}

  /** In the order in which they are shown. */
  public List<ResourceType> types() {
    return List.copyOf(ResourceTypes.all().values());
  }

  /**
   * One type.
   *
   * @throws FederationFault NOT_FOUND
   */
  public ResourceType require(String name) {
    return ResourceTypes.find(name)
        .orElseThrow(() -> FederationFault.notFound("resource type", name));
  }

  /** In the order in which they are shown. */
  public List<Function> functions() {
    return HotFunctions.names().stream().map(name -> new Function(name, since(name))).toList();
  }

  private static String since(String function) {
    for (TemplateVersion version : TemplateVersion.values()) {
      if (version.functions().contains(function)) {
        return version.date();
      }
    }
    throw new IllegalStateException(function + " is in no version of HOT");
  }
}

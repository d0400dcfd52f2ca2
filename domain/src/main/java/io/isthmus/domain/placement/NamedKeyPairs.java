package io.isthmus.domain.placement;

import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Key pairs that servers name though neither the template nor the project has them. Each cloud may
 * have one of that name all the same; only there it shows.
 */
final class NamedKeyPairs {

  private static final String TYPE = "OS::Nova::KeyPair";
  private static final int MOST_NAMED = 10;

  private NamedKeyPairs() {}

  /**
   * @param kept names of the project's own
   * @return a remark for each name that is not among them
   */
  static List<Phrase> remarks(ResourceGraph graph, Set<String> kept) {
    Set<String> named = new TreeSet<>();
    for (ResourceNode node : graph.nodes()) {
      for (PropertySchema schema : node.type().properties().values()) {
        if (schema.refersTo().contains(TYPE)
            && node.knownProperties().get(schema.name()) instanceof JsonString name) {
          named.add(name.getString());
        }
      }
    }
    List<Phrase> remarks = new ArrayList<>();
    for (String name : named) {
      Optional<String> near = Nearest.to(name, kept);
      String shown = graph.hidden().mask(name);
      remarks.add(
          near.isPresent() && shown.equals(name)
              ? Phrase.of("placement.key-pair.near", name, near.get())
              : kept.isEmpty()
                  ? Phrase.of("placement.key-pair.unknown", shown)
                  : Phrase.of(
                      "placement.key-pair.others",
                      shown,
                      Phrase.names(List.copyOf(new TreeSet<>(kept)), MOST_NAMED)));
    }
    return remarks;
  }
}

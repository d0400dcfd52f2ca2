package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.type.KeptImageType;
import io.isthmus.domain.template.type.ServerGroupType;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a document and its template, as it is placed, have in common: all of it, or nothing is taken
 * over. Pure.
 *
 * @param known what is taken over
 * @param drawn what was drawn for the stack that was abandoned, by resource
 */
record AdoptionMatch(Map<PartId, AdoptionDocument.Resource> known, JsonObject drawn) {

  /** Where the document is in a request. */
  static final String DATA = "adopt_stack_data";

  /**
   * What says why they are refused: their mark is in their name, which Nova never changes, so that
   * they could not tell that they are another stack's now.
   */
  private static final Map<String, String> NOT_ADOPTABLE =
      Map.of(
          "OS::Nova::KeyPair",
          "stack.adopt.key-pair",
          ServerGroupType.NAME,
          "stack.adopt.server-group");

  AdoptionMatch {
    known = Map.copyOf(known);
  }

  /**
   * @param kept what was drawn for the stack that was abandoned here, if it was: our documents do
   *     not tell it, as it is secret, and Heat's do
   * @throws FederationFault REQUEST_INVALID with all that only one of them has, and all that cannot
   *     be taken over
   */
  static AdoptionMatch of(
      AdoptionDocument document, List<PlannedPart> planned, ResourceGraph graph, JsonObject kept) {
    List<Violation> wrong = new ArrayList<>();
    JsonObject drawn = drawn(document.drawn(), graph, kept, wrong);
    Map<PartId, AdoptionDocument.Resource> known = wanted(document);
    Map<PartId, AdoptionDocument.Resource> left = new HashMap<>(known);
    for (PlannedPart part : planned) {
      AdoptionDocument.Resource there = left.remove(part.id());
      if (part.type().equals(KeptImageType.NAME)) {
        continue;
      }
      if (NOT_ADOPTABLE.containsKey(part.type())) {
        wrong.add(notAdoptable(part));
      } else if (there == null) {
        wrong.add(
            Violation.at(
                at(part.id()),
                Phrase.of("stack.adopt.no-id", part.id().resource(), place(part.id())),
                Phrase.of("stack.adopt.no-id-remedy")));
      } else if (!there.type().equals(part.type())) {
        wrong.add(
            Violation.at(
                at(part.id()),
                Phrase.of(
                    "stack.adopt.other-type", part.id().resource(), there.type(), part.type())));
      }
    }
    left.keySet().stream()
        .sorted()
        .forEach(
            id ->
                wrong.add(
                    Violation.at(
                        at(id),
                        Phrase.of("stack.adopt.not-there", id.resource(), place(id)),
                        Phrase.of("stack.adopt.not-there-remedy"))));
    refuse(wrong);
    return new AdoptionMatch(known, drawn);
  }

  /** What the stack wanted; of images there are copies of the project's own. */
  static Map<PartId, AdoptionDocument.Resource> wanted(AdoptionDocument document) {
    Map<PartId, AdoptionDocument.Resource> known = new HashMap<>();
    document.resources().stream()
        .filter(AdoptionDocument.Resource::wanted)
        .filter(one -> !one.type().equals(KeptImageType.NAME))
        .forEach(one -> known.put(one.id(), one));
    return known;
  }

  private static JsonObject drawn(
      Map<String, String> told, ResourceGraph graph, JsonObject kept, List<Violation> wrong) {
    JsonObjectBuilder values = Json.createObjectBuilder();
    graph.nodes().stream()
        .filter(node -> node.type().name().equals(ComputedValues.RANDOM_STRING))
        .map(ResourceNode::path)
        .forEach(
            path -> {
              if (told.containsKey(path)) {
                values.add(path, told.get(path));
              } else if (kept.containsKey(path)) {
                values.add(path, kept.get(path));
              } else {
                wrong.add(
                    Violation.at(
                        DATA + ".resources." + path + ".resource_data.value",
                        Phrase.of("stack.adopt.no-value", path),
                        Phrase.of("stack.adopt.no-value-remedy")));
              }
            });
    return values.build();
  }

  private static Violation notAdoptable(PlannedPart part) {
    String why = NOT_ADOPTABLE.get(part.type());
    return Violation.at(
        at(part.id()), Phrase.of(why, part.id().resource()), Phrase.of(why + "-remedy"));
  }

  static String at(PartId id) {
    return DATA + ".resources." + id.resource();
  }

  static String place(PartId id) {
    return id.cloud() + " / " + id.region();
  }

  /** Refuses when anything is wrong. */
  static void refuse(List<Violation> wrong) {
    if (!wrong.isEmpty()) {
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          Phrase.of("stack.adopt.refused", wrong.get(0).message()),
          wrong);
    }
  }
}

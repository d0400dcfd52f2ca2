package io.isthmus.rest.stack;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.stack.PartDetail;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.rest.placement.DecisionBody;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One physical resource of a stack: a resource of the template at one place. */
public record ResourceBody(
    String resource,
    String type,
    String cloud,
    String region,
    String availabilityZone,
    int generation,
    String status,
    StackBody.Health health,
    String physicalName,
    String physicalId,
    String cloudStatus,
    List<String> addresses,
    JsonObject attributes,
    TroubleBody trouble,
    List<RefusalBody> refused,
    List<String> requires,
    int attempts,
    String nextTry,
    String deletionPolicy,
    String updatedAt) {

  /** What last went wrong, and what the cloud said. */
  public record TroubleBody(
      String code,
      String detail,
      List<String> reasons,
      List<DecisionBody> rejections,
      JsonObject details,
      String at) {
    static TroubleBody of(Trouble trouble, Locale locale) {
      Optional<Placement.Unplaced> unplaced = trouble.unplaced();
      return new TroubleBody(
          trouble.code().text(),
          trouble.phrase().in(locale),
          unplaced.map(none -> DecisionBody.words(none.reasons(), locale)).orElse(null),
          unplaced.map(none -> rejections(none, locale)).orElse(null),
          Json.createObjectBuilder(trouble.details())
              .remove(Relocation.NoPlaceLeft.UNPLACED)
              .build(),
          trouble.at().toString());
    }

    private static List<DecisionBody> rejections(Placement.Unplaced none, Locale locale) {
      return none.unplaced().stream().map(decision -> DecisionBody.of(decision, locale)).toList();
    }
  }

  /** A place that was tried, and what the cloud said there. */
  public record RefusalBody(
      String cloud, String region, String availabilityZone, String code, String detail, String at) {
    static RefusalBody of(Refusal refusal, Locale locale) {
      return new RefusalBody(
          refusal.place().cloud().text(),
          refusal.place().region(),
          refusal.place().availabilityZone().orElse(null),
          refusal.code().text(),
          refusal.reason().in(locale),
          refusal.at().toString());
    }
  }

  static ResourceBody of(PartDetail detail, Locale locale) {
    PartView part = detail.view();
    return new ResourceBody(
        part.id().resource(),
        part.type(),
        part.id().cloud().text(),
        part.id().region(),
        part.availabilityZone().orElse(null),
        part.generation(),
        part.status().toString(),
        StackBody.Health.of(part.health(), locale),
        part.physicalName(),
        part.physicalId().orElse(null),
        part.cloudStatus().orElse(null),
        part.addresses(),
        detail.attributes(),
        part.trouble().map(trouble -> TroubleBody.of(trouble, locale)).orElse(null),
        part.refused().stream().map(refusal -> RefusalBody.of(refusal, locale)).toList(),
        part.requires().stream().sorted().map(PartId::toString).toList(),
        part.attempts(),
        part.nextTry().map(Instant::toString).orElse(null),
        part.deletionPolicy().name().toLowerCase(Locale.ROOT),
        part.updatedAt().toString());
  }
}

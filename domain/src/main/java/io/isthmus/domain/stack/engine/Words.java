package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.StackPart;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** How the engine speaks of parts: “Server web/0 … in gra / GRA-1 / gra-1a”. */
final class Words {

  private Words() {}

  /** A phrase whose first three arguments are type, resource and place. */
  static Phrase of(String key, StackPart part, Object... more) {
    return Phrase.of(
        "stack." + key,
        Stream.concat(Stream.of(type(part), part.id().resource(), place(part)), Stream.of(more))
            .toArray());
  }

  /** The same with what a cloud or a rule said, a sentence of its own. */
  static Phrase because(String key, StackPart part, Phrase reason) {
    return of(key, part, reason);
  }

  static String type(StackPart part) {
    return part.type().substring(part.type().lastIndexOf(':') + 1);
  }

  static String place(StackPart part) {
    return place(part.id(), part.availabilityZone());
  }

  static String place(PartId id, Optional<String> zone) {
    return id.cloud() + " / " + id.region() + zone.map(name -> " / " + name).orElse("");
  }

  /** A length of time that reads the same in every language, rounded to its largest unit. */
  static String wait(Duration wait) {
    return wait.compareTo(Duration.ofMinutes(1)) < 0
        ? Math.max(1, wait.toSeconds()) + " s"
        : Math.round(wait.toSeconds() / 60.0) + " min";
  }
}

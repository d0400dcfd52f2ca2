package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackPart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the engine speaks of parts: “Server web/0 … in gra (GRA-1, gra-1a)”. */
final class Words {

  private Words() {}

  /** A phrase whose first three arguments are type, resource and place. */
  static Phrase of(String key, StackPart part, Object... more) {
    return Phrase.of(
        "stack." + key,
        Stream.concat(Stream.of(type(part), part.id().resource(), place(part)), Stream.of(more))
            .toArray());
  }

  /** The same with what a cloud or a rule said, in English as clouds do. */
  static Phrase because(String key, StackPart part, Phrase reason) {
    return of(key, part, reason.in(Locale.ENGLISH));
  }

  static String type(StackPart part) {
    return part.type().substring(part.type().lastIndexOf(':') + 1);
  }

  static String place(StackPart part) {
    Optional<String> zone = part.availabilityZone();
    return part.id().cloud()
        + " ("
        + part.id().region()
        + zone.map(name -> ", " + name).orElse("")
        + ")";
  }

  static String time(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

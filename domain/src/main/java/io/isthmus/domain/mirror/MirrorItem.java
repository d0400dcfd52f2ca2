package io.isthmus.domain.mirror;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that a cloud has, as it told it.
 *
 * @param id the cloud's
 * @param name empty text when it has none
 * @param status the cloud's own word, such as {@code ACTIVE}; empty for kinds that have none
 * @param created when the cloud says that it was made
 * @param updated when the cloud says that it changed last
 * @param addresses IP addresses that it has, fixed and floating, each once
 * @param mark text of the mark of ours that it carries
 * @param details what else is told of it, by the names that OpenStack's API gives; never secrets
 *     such as {@code user_data} or passwords
 */
public record MirrorItem(
    String id,
    String name,
    Optional<String> status,
    Optional<Instant> created,
    Optional<Instant> updated,
    List<String> addresses,
    Optional<String> mark,
    JsonObject details) {

  public MirrorItem {
    addresses = List.copyOf(addresses);
  }

  /** A number that grows with each change, where the cloud counts them, as Neutron does. */
  public OptionalLong revision() {
    return details.get("revision_number") instanceof JsonNumber number && number.isIntegral()
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }
}

package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Relocation;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The last thing that went wrong with a part.
 *
 * @param details {@code cloud}, {@code call}, {@code status}, {@code requestId}, {@code retryAfter}
 *     and what the cloud answered, as far as the driver told
 */
public record Trouble(FaultCode code, Phrase phrase, JsonObject details, Instant at) {

  /**
   * When no place is left for it, each place with what excluded it, for every reader in the own
   * language.
   */
  public Optional<Placement.Unplaced> unplaced() {
    return Relocation.NoPlaceLeft.read(details);
  }

  /** Whether the cloud answered that it cannot serve; what it was asked may have happened. */
  public boolean isCloudsOwnError() {
    return details.getInt("status", 0) / 100 == 5;
  }

  /** For how long from then on the cloud is not to be asked again, as far as it told. */
  public Optional<Duration> rest() {
    return details.containsKey(FederationFault.RETRY_AFTER)
        ? Optional.of(Duration.ofSeconds(details.getInt(FederationFault.RETRY_AFTER)))
        : Optional.empty();
  }

  /** The cloud's own id of the answer, as far as it told one. */
  public Optional<String> cloudRequest() {
    return Optional.ofNullable(details.getString("requestId", null));
  }

  public static Trouble of(FederationFault fault, Instant at) {
    return new Trouble(fault.code(), fault.phrase(), fault.details(), at);
  }
}

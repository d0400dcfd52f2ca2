package io.isthmus.rest.quota;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Other limits.
 *
 * @param limits by kind, −1 without limit; what is left out is not limited
 */
public record QuotaChange(@NotNull Map<String, Long> limits) {

  /**
   * @throws FederationFault REQUEST_INVALID for a kind that there is not
   */
  public Map<LimitKind, Long> maxima() {
    return maxima(limits);
  }

  static Map<LimitKind, Long> maxima(Map<String, Long> limits) {
    Map<LimitKind, Long> maxima = new EnumMap<>(LimitKind.class);
    limits.forEach(
        (name, maximum) -> {
          LimitKind kind = LimitKind.named(name).orElseThrow(() -> unknown(name));
          if (maximum == null) {
            throw FederationFault.invalid(
                "limits." + name, Phrase.of("fault.bad-argument", name, "null"));
          }
          maxima.put(kind, maximum);
        });
    return maxima;
  }

  private static FederationFault unknown(String name) {
    String known =
        Arrays.stream(LimitKind.values()).map(LimitKind::text).collect(Collectors.joining(", "));
    return FederationFault.invalid("limits." + name, Phrase.of("quota.kind-unknown", name, known));
  }
}

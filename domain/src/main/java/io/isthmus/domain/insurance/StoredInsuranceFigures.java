package io.isthmus.domain.insurance;

import io.isthmus.domain.metrics.InsuranceFigures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Figures of what was counted last. */
@ApplicationScoped
public class StoredInsuranceFigures implements InsuranceFigures {

  private InsuranceStore store;
  private Clock clock;

  @Inject
  StoredInsuranceFigures(InsuranceStore store) {
    this(store, Clock.systemUTC());
  }

  StoredInsuranceFigures(InsuranceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected StoredInsuranceFigures() {}

  @Override
  public List<OfCloud> read() {
    Instant now = clock.instant();
    return store.list(InsuranceStore.Scope.ALL, Optional.empty(), now).stream()
        .map(one -> of(one, now))
        .toList();
  }

  private static OfCloud of(Insurance one, Instant now) {
    Map<String, Integer> parts = new TreeMap<>();
    one.counts().forEach((outcome, count) -> parts.put(outcome.text(), count));
    parts.put("unknown", one.unknown());
    return new OfCloud(one.cloud(), parts, one.countedAt().map(at -> Duration.between(at, now)));
  }
}

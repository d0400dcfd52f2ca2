package io.isthmus.domain.usage;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Tells what was used, and what it costs. Calls no cloud. */
@ApplicationScoped
public class UsageService {

  /** Longest time of one report. */
  public static final Duration LONGEST = Duration.ofDays(3 * 366L);

  /** The same when days are told apart. */
  public static final Duration LONGEST_BY_DAY = Duration.ofDays(366);

  private UsageStore store;
  private Tariffs tariffs;
  private TenantService tenants;
  private Clock clock;

  @Inject
  UsageService(UsageStore store, Tariffs tariffs, TenantService tenants) {
    this(store, tariffs, tenants, Clock.systemUTC());
  }

  UsageService(UsageStore store, Tariffs tariffs, TenantService tenants, Clock clock) {
    this.store = store;
    this.tariffs = tariffs;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected UsageService() {}

  /**
   * What the projects of which the caller may know have used; everybody's for the federation's
   * administrators, of projects that are gone, too.
   *
   * @throws FederationFault NOT_FOUND for a tenant or project of which the caller may not know;
   *     REQUEST_INVALID for a time that ends before it begins or is too long, or a currency that is
   *     none
   */
  @Audited(action = "read", target = "usage")
  @Transactional
  public UsageReport report(UsageQuery query, Caller caller) {
    Optional<List<ProjectId>> projects = projects(query, caller);
    check(query);
    Reckoning reckoning =
        new Reckoning(
            query,
            tariffs.during(query.from(), query.to()),
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    store.read(projects, query.from(), query.to(), reckoning::add);
    return reckoning.report();
  }

  private Optional<List<ProjectId>> projects(UsageQuery query, Caller caller) {
    if (query.tenant().isPresent() && query.project().isPresent() && !caller.isFederationAdmin()) {
      ProjectId project = new ProjectId(query.tenant().get(), query.project().get());
      tenants.requireReader(caller, project);
      return Optional.of(List.of(project));
    }
    if (query.tenant().isEmpty() && caller.isFederationAdmin()) {
      return Optional.empty();
    }
    List<ProjectId> known =
        tenants.known(caller).stream()
            .filter(one -> query.tenant().map(one.tenant()::equals).orElse(true))
            .filter(one -> query.project().map(one.project()::equals).orElse(true))
            .toList();
    if (known.isEmpty() && query.tenant().isPresent()) {
      String tenant = query.tenant().get();
      throw query
          .project()
          .map(name -> FederationFault.notFound("project", tenant + "/" + name))
          .orElseGet(() -> FederationFault.notFound("tenant", tenant));
    }
    return Optional.of(known);
  }

  private static void check(UsageQuery query) {
    if (!query.from().isBefore(query.to())) {
      throw FederationFault.invalid("to", Phrase.of("usage.ends-before", query.to(), query.from()));
    }
    boolean byDay = query.by().contains(UsageDimension.DAY);
    Duration longest = byDay ? LONGEST_BY_DAY : LONGEST;
    if (Duration.between(query.from(), query.to()).compareTo(longest) > 0) {
      throw FederationFault.invalid(
          "from", Phrase.of(byDay ? "usage.too-long-by-day" : "usage.too-long", longest.toDays()));
    }
    query
        .currency()
        .filter(code -> !PriceCheck.isCurrency(code))
        .ifPresent(
            code -> {
              throw FederationFault.invalid("currency", Phrase.of("usage.currency-unknown", code));
            });
  }
}

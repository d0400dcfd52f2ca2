package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.SpendingLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How far the money goes: what a project spends in the present month, and may. */
@ApplicationScoped
public class Spending implements SpendingLimit {

  private static final int DECIMALS = 2;
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

  private BudgetStore budgets;
  private UsageStore usage;
  private Tariffs tariffs;
  private Commitments commitments;
  private Clock clock;

  @Inject
  Spending(BudgetStore budgets, UsageStore usage, Tariffs tariffs, Commitments commitments) {
    this(budgets, usage, tariffs, commitments, Clock.systemUTC());
  }

  Spending(
      BudgetStore budgets,
      UsageStore usage,
      Tariffs tariffs,
      Commitments commitments,
      Clock clock) {
    this.budgets = budgets;
    this.usage = usage;
    this.tariffs = tariffs;
    this.commitments = commitments;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Spending() {}

  /** How budgets stand now, in their order. Within a transaction. */
  List<BudgetState> states(List<Budget> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Tariff tariff = tariff(now);
    return all.stream().map(budget -> state(budget, tariff, now)).toList();
  }

  private Tariff tariff(Instant now) {
    return tariffs.during(start(month(now)), end(month(now)));
  }

  private BudgetState state(Budget budget, Tariff tariff, Instant now) {
    YearMonth month = month(now);
    UsageQuery query =
        new UsageQuery(
            Optional.of(budget.project().tenant()),
            Optional.of(budget.project().project()),
            start(month),
            end(month),
            List.of(),
            Optional.of(budget.currency()));
    Reckoning spent = new Reckoning(query, tariff, now.truncatedTo(ChronoUnit.SECONDS));
    Reckoning running = new Reckoning(query, tariff, end(month));
    usage.read(
        Optional.of(List.of(budget.project())),
        query.from(),
        query.to(),
        interval -> {
          spent.add(interval);
          running.add(interval);
        });
    UsageReport.Row expected = running.report().total();
    Added awaited =
        added(
            Estimate.of(commitments.of(budget.project()), cloud -> tariff.list(cloud, now)),
            tariff,
            budget.currency(),
            now);
    Added grown = grown(budget, tariff, now);
    Set<String> unknown = new TreeSet<>(awaited.unknown());
    unknown.addAll(grown.unknown());
    expected.unpriced().keySet().forEach(item -> unknown.add(item.toString()));
    unknown.addAll(expected.unconverted().keySet());
    return new BudgetState(
        budget,
        month,
        spent.report().total().converted().orElse(BigDecimal.ZERO),
        expected.converted().orElse(BigDecimal.ZERO).add(awaited.amount()).add(grown.amount()),
        unknown);
  }

  /**
   * What costs more once accepted updates are done costs so from now on. What will cost less does
   * only when it is done: the update may be ended before.
   */
  private Added grown(Budget budget, Tariff tariff, Instant now) {
    BigDecimal amount = BigDecimal.ZERO;
    Set<String> unknown = new TreeSet<>();
    for (Commitments.Growth growth : commitments.growing(budget.project())) {
      Added to = added(growth.cloud(), List.of(growth.to()), tariff, budget.currency(), now);
      Added from =
          added(growth.cloud(), growth.from().stream().toList(), tariff, budget.currency(), now);
      unknown.addAll(to.unknown());
      amount = amount.add(to.amount().subtract(from.amount()).max(BigDecimal.ZERO));
    }
    return new Added(amount, unknown);
  }

  private static Added added(
      CloudId cloud, List<Measure> measures, Tariff tariff, String currency, Instant now) {
    return added(
        Estimate.of(Map.of(cloud, measures), one -> tariff.list(one, now)), tariff, currency, now);
  }

  /** What something costs from now to the end of the month, and what of that is not known. */
  private record Added(BigDecimal amount, Set<String> unknown) {}

  private static Added added(Estimate cost, Tariff tariff, String currency, Instant now) {
    Set<String> unknown = new TreeSet<>();
    for (Estimate.CloudCost there : cost.clouds()) {
      there.unknown().forEach(measure -> unknown.add(measure.item() + " (" + there.cloud() + ")"));
      there.unmeasured().forEach(resource -> unknown.add(resource + " (" + there.cloud() + ")"));
    }
    BigDecimal hourly = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal> sum : cost.hourly().entrySet()) {
      Optional<BigDecimal> factor = tariff.rates().factor(sum.getKey(), currency, now);
      if (factor.isPresent()) {
        hourly = hourly.add(sum.getValue().multiply(factor.get()), MathContext.DECIMAL128);
      } else {
        unknown.add(sum.getKey() + " → " + currency);
      }
    }
    Duration left = Duration.between(now, end(month(now)));
    return new Added(
        hourly
            .multiply(BigDecimal.valueOf(left.toSeconds()))
            .divide(HOUR, DECIMALS, RoundingMode.HALF_UP),
        unknown);
  }

  private static YearMonth month(Instant moment) {
    return YearMonth.from(moment.atZone(ZoneOffset.UTC));
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant end(YearMonth month) {
    return start(month.plusMonths(1));
  }

  /**
   * Only a hard stop refuses: when the month would end above the budget, and when that cannot be
   * known for want of a price or a rate.
   */
  @Override
  @Transactional
  public Optional<Phrase> refusal(ProjectId project, Collection<PlannedPart> parts) {
    return refusal(project, parts, List.of());
  }

  /**
   * {@inheritDoc}
   *
   * <p>What costs no more than what goes for it is never refused.
   */
  @Override
  @Transactional
  public Optional<Phrase> refusal(
      ProjectId project, Collection<PlannedPart> parts, Collection<PlannedPart> gone) {
    Optional<Budget> budget = budgets.find(project).filter(Budget::hardStop);
    if (budget.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Tariff tariff = tariff(now);
    Estimate cost = Estimate.of(parts, cloud -> tariff.list(cloud, now));
    if (cost.clouds().isEmpty()) {
      return Optional.empty();
    }
    String currency = budget.get().currency();
    Added more = added(cost, tariff, currency, now);
    Added less = added(Estimate.of(gone, cloud -> tariff.list(cloud, now)), tariff, currency, now);
    Added added = new Added(more.amount().subtract(less.amount()), more.unknown());
    if (added.unknown().isEmpty() && !gone.isEmpty() && added.amount().signum() <= 0) {
      return Optional.empty();
    }
    if (!added.unknown().isEmpty()) {
      return Optional.of(
          Phrase.of("usage.budget-unknown", project, String.join(", ", added.unknown())));
    }
    BudgetState state = state(budget.get(), tariff, now);
    BigDecimal sum = state.expected().add(added.amount());
    if (sum.compareTo(budget.get().amount()) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Phrase.of(
            "usage.budget-exceeded",
            project,
            shown(budget.get().amount()),
            currency,
            shown(state.expected()),
            shown(added.amount()),
            shown(sum)));
  }

  private static String shown(BigDecimal amount) {
    return Phrase.number(amount.setScale(DECIMALS, RoundingMode.HALF_UP));
  }
}

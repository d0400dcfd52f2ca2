package io.isthmus.domain.usage;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.PriceLists;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Estimate;
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
  private UsageService usage;
  private ExchangeRates rates;
  private PriceLists prices;
  private Commitments commitments;
  private Clock clock;

  @Inject
  Spending(
      BudgetStore budgets,
      UsageService usage,
      ExchangeRates rates,
      PriceLists prices,
      Commitments commitments) {
    this(budgets, usage, rates, prices, commitments, Clock.systemUTC());
  }

  Spending(
      BudgetStore budgets,
      UsageService usage,
      ExchangeRates rates,
      PriceLists prices,
      Commitments commitments,
      Clock clock) {
    this.budgets = budgets;
    this.usage = usage;
    this.rates = rates;
    this.prices = prices;
    this.commitments = commitments;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Spending() {}

  /** How a budget stands now. */
  BudgetState state(Budget budget) {
    Instant now = clock.instant();
    YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
    UsageReport.Row spent =
        usage.until(budget.project(), start(month), end(month), now, budget.currency());
    UsageReport.Row running =
        usage.until(budget.project(), start(month), end(month), end(month), budget.currency());
    Added awaited = added(awaited(budget.project(), now), budget.currency(), now);
    Set<String> unknown = new TreeSet<>(awaited.unknown());
    running.unpriced().keySet().forEach(item -> unknown.add(item.toString()));
    unknown.addAll(running.unconverted().keySet());
    return new BudgetState(
        budget,
        month,
        spent.converted().orElse(BigDecimal.ZERO),
        running.converted().orElse(BigDecimal.ZERO).add(awaited.amount()),
        unknown);
  }

  private Estimate awaited(ProjectId project, Instant now) {
    Map<CloudId, List<Measure>> measures = commitments.of(project);
    if (measures.isEmpty()) {
      return Estimate.NONE;
    }
    Map<CloudId, PriceList> lists = prices.at(now);
    return Estimate.of(measures, cloud -> Optional.ofNullable(lists.get(cloud)));
  }

  /** What something costs from now to the end of the month, and what of that is not known. */
  private record Added(BigDecimal amount, Set<String> unknown) {}

  private Added added(Estimate cost, String currency, Instant now) {
    Set<String> unknown = new TreeSet<>();
    cost.unknown()
        .forEach(
            (cloud, measures) ->
                measures.forEach(measure -> unknown.add(measure.item() + " (" + cloud + ")")));
    BigDecimal hourly = BigDecimal.ZERO;
    Rates today = rates.rates();
    for (Map.Entry<String, BigDecimal> sum : cost.hourly().entrySet()) {
      Optional<BigDecimal> factor = today.factor(sum.getKey(), currency, now);
      if (factor.isPresent()) {
        hourly = hourly.add(sum.getValue().multiply(factor.get()), MathContext.DECIMAL128);
      } else {
        unknown.add(sum.getKey() + " → " + currency);
      }
    }
    Duration left = Duration.between(now, end(YearMonth.from(now.atZone(ZoneOffset.UTC))));
    return new Added(
        hourly
            .multiply(BigDecimal.valueOf(left.toSeconds()))
            .divide(HOUR, DECIMALS, RoundingMode.HALF_UP),
        unknown);
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
  public Optional<Phrase> refusal(ProjectId project, Estimate cost) {
    Optional<Budget> budget = budgets.find(project).filter(Budget::hardStop);
    if (budget.isEmpty() || cost.clouds().isEmpty()) {
      return Optional.empty();
    }
    String currency = budget.get().currency();
    Added added = added(cost, currency, clock.instant());
    if (!added.unknown().isEmpty()) {
      return Optional.of(
          Phrase.of("usage.budget-unknown", project, String.join(", ", added.unknown())));
    }
    BudgetState state = state(budget.get());
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

package io.isthmus.sandbox.weather;

import io.isthmus.sandbox.http.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The weather over one cloud: decides for each call what befalls it. Safe for use by many threads.
 */
public final class Weather {
  /**
   * What befalls a call.
   *
   * @param delay before the call is looked at
   * @param refusal status to refuse with, 0 to let it pass
   * @param answer what answers in place of the service, {@code html} or {@code garbage}, with the
   *     refusal's status or else 200; null when the service does
   * @param retryAfter seconds to tell with the refusal, 0 for none
   * @param loseAnswer whether the effect happens and the connection breaks instead of the answer
   * @param content what becomes of an image's content, {@code corrupted}, {@code truncated} or
   *     {@code broken}; null when it arrives as it was sent
   * @param until completes when a call that hangs may go on; null when it does not hang
   */
  public record Verdict(
      Duration delay,
      int refusal,
      String answer,
      int retryAfter,
      boolean loseAnswer,
      String content,
      CompletableFuture<Void> until) {}

  private static final class Active {
    final Rule rule;
    int fell;
    double allowance;
    long refilledAt;

    Active(Rule rule, long now) {
      this.rule = rule;
      this.allowance = capacity(rule);
      this.refilledAt = now;
    }

    static double capacity(Rule rule) {
      return rule.burst() > 0 ? rule.burst() : Math.max(1, rule.perSecond());
    }

    boolean spent() {
      return rule.times() > 0 && fell >= rule.times();
    }

    boolean overLimit(long now) {
      allowance = Math.min(capacity(rule), allowance + (now - refilledAt) / 1e9 * rule.perSecond());
      refilledAt = now;
      if (allowance < 1) {
        return true;
      }
      allowance -= 1;
      return false;
    }
  }

  private final Duration latency;
  private final LongSupplier nanos;
  private List<Active> rules = List.of();
  private Random chance = new Random(0);
  private CompletableFuture<Void> change = new CompletableFuture<>();

  /**
   * @param latency what every call takes in good weather
   * @param nanos a clock as {@link System#nanoTime}
   */
  public Weather(Duration latency, LongSupplier nanos) {
    this.latency = latency;
    this.nanos = nanos;
  }

  /**
   * Replaces all rules; calls that hang go on.
   *
   * @param seed makes the same calls meet the same fate again
   */
  public void set(List<Rule> next, long seed) {
    CompletableFuture<Void> before;
    synchronized (this) {
      List<Active> fresh = new ArrayList<>();
      next.forEach(rule -> fresh.add(new Active(rule, nanos.getAsLong())));
      rules = fresh;
      chance = new Random(seed);
      before = change;
      change = new CompletableFuture<>();
    }
    before.complete(null);
  }

  /** Adds a rule to those that are there, which go on as they are. */
  public synchronized void add(Rule rule) {
    List<Active> more = new ArrayList<>(rules);
    more.add(new Active(rule, nanos.getAsLong()));
    rules = more;
  }

  public synchronized List<Rule> rules() {
    return rules.stream().map(active -> active.rule).toList();
  }

  /** Whether the cloud's port is to be closed. */
  public synchronized boolean refusesConnections() {
    return isDark() || rules.stream().anyMatch(active -> "refuse".equals(active.rule.outage()));
  }

  /** Whether nothing of the cloud is heard any more, its servers included. */
  public synchronized boolean isDark() {
    return rules.stream().anyMatch(active -> "dark".equals(active.rule.outage()));
  }

  /** Whether the cloud is to show a certificate whose time is over. */
  public synchronized boolean certificateExpired() {
    return rules.stream().anyMatch(active -> "expired".equals(active.rule.certificate()));
  }

  /**
   * Whether there is none left.
   *
   * @param what {@code capacity} or {@code quota}
   */
  public synchronized boolean exhausted(String what, Service service, String region) {
    return rules.stream().anyMatch(active -> active.rule.exhausts(what, service, region));
  }

  /** Decides about one call; counts as having fallen on it. */
  public synchronized Verdict judge(Service service, String region, String method, String path) {
    long delay = latency.toMillis();
    int refusal = 0;
    int retryAfter = 0;
    String answer = null;
    boolean lose = false;
    String content = null;
    CompletableFuture<Void> until = null;
    for (Active active : rules) {
      Rule rule = active.rule;
      if (active.spent() || !rule.matches(service, region, method, path)) {
        continue;
      }
      active.fell++;
      delay += rule.latencyMs() + (rule.jitterMs() > 0 ? chance.nextInt(rule.jitterMs() + 1) : 0);
      int status = refusalOf(active, service);
      if (refusal == 0 && status != 0) {
        refusal = status;
        retryAfter = rule.retryAfter();
      }
      if (answer == null && rule.answer() != null) {
        answer = rule.answer();
        refusal = refusal == 0 ? rule.errorStatus() : refusal;
      }
      lose |= rule.loseRate() > 0 && chance.nextDouble() < rule.loseRate();
      content = rule.content() == null ? content : rule.content();
      if ("hang".equals(rule.outage())) {
        until = change;
      }
    }
    return new Verdict(Duration.ofMillis(delay), refusal, answer, retryAfter, lose, content, until);
  }

  private int refusalOf(Active active, Service service) {
    Rule rule = active.rule;
    if ("unavailable".equals(rule.outage())) {
      return 503;
    }
    if (rule.errorRate() > 0 && chance.nextDouble() < rule.errorRate()) {
      return rule.errorStatus() == 0 ? 500 : rule.errorStatus();
    }
    if (rule.perSecond() > 0 && active.overLimit(nanos.getAsLong())) {
      return service == Service.VOLUME ? 413 : 429;
    }
    return 0;
  }
}

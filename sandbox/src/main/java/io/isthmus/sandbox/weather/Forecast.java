package io.isthmus.sandbox.weather;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Weather in words, for people at a terminal. */
public final class Forecast {
  private Forecast() {}

  /** What a rule does and on which calls, such as {@code 500 ms more on POST of compute}. */
  public static String of(Rule rule) {
    List<String> effects = new ArrayList<>();
    if (rule.latencyMs() > 0 || rule.jitterMs() > 0) {
      effects.add(
          rule.jitterMs() > 0
              ? rule.latencyMs() + " to " + (rule.latencyMs() + rule.jitterMs()) + " ms more"
              : rule.latencyMs() + " ms more");
    }
    if (rule.errorRate() > 0) {
      int status = rule.errorStatus() == 0 ? 500 : rule.errorStatus();
      effects.add(share(rule.errorRate()) + " fail with " + status);
    }
    if (rule.perSecond() > 0) {
      effects.add("more than " + number(rule.perSecond()) + " a second are refused");
    }
    if (rule.loseRate() > 0) {
      effects.add(share(rule.loseRate()) + " of answers are lost after the effect");
    }
    if (rule.outage() != null) {
      effects.add(
          switch (rule.outage()) {
            case "refuse" -> "refuses connections";
            case "dark" -> "is dark, and its servers with it";
            case "hang" -> "does not answer";
            default -> "answers 503";
          });
    }
    if (rule.answer() != null) {
      String status = rule.errorStatus() == 0 ? "" : " with " + rule.errorStatus();
      effects.add("answers " + (rule.answer().equals("html") ? "HTML" : "garbage") + status);
    }
    if (rule.exhausted() != null) {
      effects.add("no " + rule.exhausted() + " left");
    }
    if (rule.certificate() != null) {
      effects.add("certificate " + rule.certificate());
    }
    if (rule.content() != null) {
      effects.add("images arrive " + rule.content());
    }
    if (effects.isEmpty()) {
      effects.add("nothing unusual");
    }
    return String.join(", ", effects) + where(rule);
  }

  private static String where(Rule rule) {
    StringBuilder where = new StringBuilder();
    if (rule.method() != null || rule.path() != null) {
      where.append(" on");
      where.append(rule.method() == null ? "" : " " + rule.method().toUpperCase(Locale.ROOT));
      where.append(rule.path() == null ? "" : " " + rule.path());
    }
    if (rule.service() != null) {
      where.append(" of ").append(rule.service());
    }
    if (rule.region() != null) {
      where.append(" in ").append(rule.region());
    }
    if (rule.times() > 0) {
      where.append(", ").append(rule.times() == 1 ? "once" : rule.times() + " times");
    }
    return where.toString();
  }

  private static String share(double rate) {
    return number(rate * 100) + " %";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}

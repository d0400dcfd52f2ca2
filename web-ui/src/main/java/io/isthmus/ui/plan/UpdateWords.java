package io.isthmus.ui.plan;

import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.template.type.ResourceGroupType;
import io.isthmus.ui.element.Formats;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** An update in a few words, as its plan's page and the question before it is done tell it. */
public final class UpdateWords {

  private final BiFunction<String, Object[], String> messages;
  private final Formats formats;
  private final Locale locale;

  /**
   * @param messages gives the portal's words for a key with arguments
   */
  public UpdateWords(
      BiFunction<String, Object[], String> messages, Formats formats, Locale locale) {
    this.messages = messages;
    this.formats = formats;
    this.locale = locale;
  }

  private String of(String key, Object... arguments) {
    return messages.apply(key, arguments);
  }

  /**
   * How many resources change in which way, what loses most first. A group is no resource beside
   * its members.
   */
  public String counts(List<ResourceChange> changes) {
    Map<ResourceChange.Kind, Integer> counts = new EnumMap<>(ResourceChange.Kind.class);
    changes.stream()
        .filter(change -> !change.type().equals(ResourceGroupType.NAME))
        .forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> of("update.count." + count.getKey(), count.getValue()))
        .collect(Collectors.joining(" · "));
  }

  /**
   * What is interrupted or lost, a sentence for each resource, what loses most first.
   *
   * @param most of them; more are counted in a last sentence
   */
  public List<String> interruptions(List<ResourceChange> changes, int most) {
    List<String> all =
        changes.stream()
            .sorted(Comparator.comparing(ResourceChange::kind))
            .flatMap(
                change ->
                    change.interruption().stream()
                        .map(what -> of("update.interrupts", change.resource(), what.in(locale))))
            .toList();
    if (all.size() <= most) {
      return all;
    }
    List<String> told = new ArrayList<>(all.subList(0, most));
    told.add(of("update.interrupts-more", all.size() - most));
    return told;
  }

  /** What it costs more or less than before. */
  public String cost(CostDifference difference) {
    boolean same = difference.hourly().values().stream().allMatch(sum -> sum.signum() == 0);
    if (same) {
      return of(difference.whole() ? "update.cost-same" : "update.cost-not-known");
    }
    return of(
        difference.whole() ? "update.cost" : "update.cost-in-part",
        sums(difference.hourly(), true),
        sums(difference.monthly(), false));
  }

  private String sums(SortedMap<String, BigDecimal> sums, boolean hourly) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().signum() != 0)
        .map(
            sum ->
                (sum.getValue().signum() < 0 ? "−" : "+")
                    + (hourly
                        ? formats.price(sum.getValue().abs(), sum.getKey())
                        : formats.money(sum.getValue().abs(), sum.getKey())))
        .collect(Collectors.joining(", "));
  }
}

package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How fast a campaign goes, and when it stops by itself.
 *
 * @param at when it begins, as a clock in {@code zone} shows it; empty for as soon as it is started
 * @param zone IANA's name of the time zone of {@code at}
 * @param canaries how many stacks are changed before all others; 0 for none but those named
 * @param canaryNames names of stacks that are
 * @param wave how many stacks, or percent of those that are no canaries, a wave has; 100 percent
 *     for all together
 * @param rest between two waves
 * @param asks whether a person lets each wave after the first begin
 * @param atOnce most stacks that are changed at the same time
 * @param watch how long a changed stack is looked at before it counts as done
 * @param stopAfter it stops when more than so many, or percent of those concerned, have failed or
 *     are unhealthy
 * @param keepsFailed whether a stack whose update fails stays where it stands; else it goes back to
 *     what it was
 */
public record CampaignPace(
    Optional<LocalDateTime> at,
    Optional<ZoneId> zone,
    int canaries,
    List<String> canaryNames,
    Share wave,
    Duration rest,
    boolean asks,
    int atOnce,
    Duration watch,
    Share stopAfter,
    boolean keepsFailed) {

  public static final int MOST_AT_ONCE = 50;
  public static final Duration LONGEST_REST = Duration.ofDays(30);
  public static final Duration LONGEST_WATCH = Duration.ofHours(24);

  /** All together, as soon as it is started, five at once; the first failure stops it. */
  public static final CampaignPace TOGETHER =
      new CampaignPace(
          Optional.empty(),
          Optional.empty(),
          0,
          List.of(),
          new Share(100, true),
          Duration.ZERO,
          false,
          5,
          Duration.ofMinutes(1),
          new Share(0, false),
          false);

  /** Some of many stacks, by number or percent. */
  public record Share(int number, boolean percent) {

    private static final int ALL = 100;

    /** How many of so many; percent rounded down. */
    int of(int many) {
      return percent ? (int) ((long) many * number / ALL) : number;
    }

    boolean isIn(int least) {
      return number >= least && number <= (percent ? ALL : Campaign.MOST_STACKS);
    }

    /**
     * Reads {@code 5} and {@code 20%}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Share parse(String text) {
      boolean percent = text.endsWith("%");
      String number = percent ? text.substring(0, text.length() - 1).strip() : text.strip();
      return new Share(Integer.parseInt(number), percent);
    }

    /**
     * As {@link #parse}, of a field of a request.
     *
     * @throws FederationFault REQUEST_INVALID
     */
    public static Share read(String field, String text) {
      try {
        return parse(text.strip());
      } catch (IllegalArgumentException e) {
        throw FederationFault.invalid(field, Phrase.of("campaign.share-form", text));
      }
    }

    @Override
    public String toString() {
      return percent ? number + "%" : Integer.toString(number);
    }
  }

  /**
   * @throws FederationFault REQUEST_INVALID
   */
  public CampaignPace {
    canaryNames = canaryNames.stream().distinct().toList();
    if (at.isPresent() && zone.isEmpty()) {
      throw FederationFault.invalid("time_zone", Phrase.of("campaign.zone-needed"));
    }
    if (at.isPresent() && zone.get().getRules().getValidOffsets(at.get()).isEmpty()) {
      throw FederationFault.invalid("at", Phrase.of("campaign.no-such-time", at.get(), zone.get()));
    }
    range("canaries", canaries, 0, Campaign.MOST_STACKS);
    range("canary_names", canaryNames.size(), 0, CampaignScope.MOST);
    range("at_once", atOnce, 1, MOST_AT_ONCE);
    share("wave_size", wave, 1);
    share("stop_after", stopAfter, 0);
    span("rest_minutes", rest, LONGEST_REST);
    span("watch_minutes", watch, LONGEST_WATCH);
  }

  /**
   * Reads when it begins, such as {@code 2026-12-01T02:00}.
   *
   * @throws FederationFault REQUEST_INVALID
   */
  public static LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text.strip());
    } catch (DateTimeException e) {
      throw FederationFault.invalid("at", Phrase.of("campaign.time-form", text));
    }
  }

  private static void range(String field, int number, int least, int most) {
    if (number < least || number > most) {
      throw FederationFault.invalid(field, Phrase.of("campaign.range", field, number, least, most));
    }
  }

  private static void share(String field, Share share, int least) {
    if (!share.isIn(least)) {
      throw FederationFault.invalid(
          field, Phrase.of("campaign.share", field, share, least, Campaign.MOST_STACKS));
    }
  }

  private static void span(String field, Duration span, Duration most) {
    if (span.isNegative() || span.compareTo(most) > 0) {
      throw FederationFault.invalid(
          field, Phrase.of("campaign.range", field, span.toMinutes(), 0, most.toMinutes()));
    }
  }

  /** When it begins; empty for as soon as it is started. Of an hour that comes twice, the first. */
  public Optional<Instant> begins() {
    return at.map(local -> local.atZone(zone.orElseThrow()).toInstant());
  }

  /** How many failures it takes; one more stops it. */
  int tolerates(int concerned) {
    return stopAfter.of(concerned);
  }

  JsonObject toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("canaries", canaries)
            .add("canary_names", Json.createArrayBuilder(canaryNames))
            .add("wave", wave.toString())
            .add("rest", rest.toString())
            .add("asks", asks)
            .add("at_once", atOnce)
            .add("watch", watch.toString())
            .add("stop_after", stopAfter.toString())
            .add("keeps_failed", keepsFailed);
    at.ifPresent(time -> json.add("at", time.toString()));
    zone.ifPresent(name -> json.add("zone", name.getId()));
    return json.build();
  }

  static CampaignPace of(JsonObject json) {
    return new CampaignPace(
        Optional.ofNullable(json.getString("at", null)).map(LocalDateTime::parse),
        Optional.ofNullable(json.getString("zone", null)).map(ZoneId::of),
        json.getInt("canaries"),
        json.getJsonArray("canary_names").getValuesAs(JsonString::getString),
        Share.parse(json.getString("wave")),
        Duration.parse(json.getString("rest")),
        json.getBoolean("asks"),
        json.getInt("at_once"),
        Duration.parse(json.getString("watch")),
        Share.parse(json.getString("stop_after")),
        json.getBoolean("keeps_failed"));
  }
}

package io.isthmus.ui.element;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * How numbers, sizes and times are written for one reader.
 *
 * @param locale language and, where the browser tells it, country
 * @param zone the reader's; it is named beside each time of day
 */
public record Formats(Locale locale, ZoneId zone) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MIB_IN_GIB = 1024;
  private static final int SUM_DECIMALS = 2;
  private static final int PRICE_DECIMALS = 6;
  private static final int MOST_DECIMALS = 9;
  private static final BigDecimal LEAST_SHOWN = new BigDecimal("0.01");

  public String number(Number number) {
    NumberFormat format = NumberFormat.getInstance(locale);
    format.setMaximumFractionDigits(2);
    return format.format(number);
  }

  /** A share, as {@code 40 %} or {@code 40%}. */
  public String percent(int percent) {
    return NumberFormat.getPercentInstance(locale).format(percent / 100.0);
  }

  /** A size given in MiB, in GiB where that says the same in fewer digits. */
  public String mib(long mib) {
    return mib >= MIB_IN_GIB && mib % (MIB_IN_GIB / 2) == 0
        ? gib((double) mib / MIB_IN_GIB)
        : number(mib) + " " + (isFrench() ? "Mio" : "MiB");
  }

  public String gib(double gib) {
    return number(gib) + " " + (isFrench() ? "Gio" : "GiB");
  }

  /** A quantity, to the hundredth; what is less than that is not told as nothing. */
  public String quantity(BigDecimal amount) {
    return amount.signum() > 0 && amount.compareTo(LEAST_SHOWN) < 0
        ? "< " + number(LEAST_SHOWN)
        : number(amount);
  }

  /**
   * A sum of money, to the hundredth; what is less than that with as many decimals as it takes.
   *
   * @param currency ISO 4217 code
   */
  public String money(BigDecimal sum, String currency) {
    int decimals = SUM_DECIMALS;
    while (decimals < MOST_DECIMALS
        && sum.signum() != 0
        && sum.setScale(decimals, RoundingMode.HALF_UP).signum() == 0) {
      decimals++;
    }
    return money(sum, currency, decimals, decimals);
  }

  /** Sums in several currencies, none added to another. */
  public String money(SortedMap<String, BigDecimal> sums) {
    return sums.entrySet().stream()
        .map(sum -> money(sum.getValue(), sum.getKey()))
        .collect(Collectors.joining(" + "));
  }

  /**
   * What one of something costs, with all the decimals that matter.
   *
   * @param currency ISO 4217 code
   */
  public String price(BigDecimal price, String currency) {
    boolean tiny =
        price.signum() != 0 && price.setScale(PRICE_DECIMALS, RoundingMode.HALF_UP).signum() == 0;
    return money(price, currency, SUM_DECIMALS, tiny ? MOST_DECIMALS : PRICE_DECIMALS);
  }

  private String money(BigDecimal sum, String currency, int least, int most) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(Currency.getInstance(currency));
    format.setMinimumFractionDigits(least);
    format.setMaximumFractionDigits(most);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(sum);
  }

  /** A day, as in {@code 27 Nov 2026}. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
  }

  /** A day without its year, where there is little room. */
  public String shortDay(LocalDate day) {
    return DateTimeFormatter.ofPattern("d MMM", locale).format(day);
  }

  /** A month, as in {@code November 2026}. */
  public String month(YearMonth month) {
    return DateTimeFormatter.ofPattern("LLLL uuuu", locale).format(month);
  }

  /** A month, where there is little room. */
  public String shortMonth(YearMonth month) {
    return DateTimeFormatter.ofPattern("LLL uuuu", locale).format(month);
  }

  /** Date, time of day and zone, as they are written where the reader lives. */
  public String dateTime(Instant at) {
    return written(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM), at)
        + " "
        + DateTimeFormatter.ofPattern("z", locale).format(at.atZone(zone));
  }

  /** The time of day, in minutes; with the date if that is another than today. */
  public String compact(Instant at, Instant now) {
    return written(
        isSameDay(at, now)
            ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
            : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT),
        at);
  }

  /** Hours, minutes and seconds. */
  public String time(Instant at) {
    return written(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM), at);
  }

  private String written(DateTimeFormatter format, Instant at) {
    return format.withLocale(locale).format(at.atZone(zone));
  }

  /** Hours, minutes and seconds, and the date before them when it is not today's. */
  public String time(Instant at, Instant now) {
    return isSameDay(at, now)
        ? time(at)
        : written(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM), at);
  }

  private boolean isSameDay(Instant one, Instant other) {
    return one.atZone(zone).toLocalDate().equals(other.atZone(zone).toLocalDate());
  }

  /** How long ago: “40 s ago”, “il y a 3 min”. */
  public String ago(Instant at, Instant now) {
    Duration age = Duration.between(at, now);
    if (age.isNegative() || age.toSeconds() == 0) {
      return isFrench() ? "à l’instant" : "just now";
    }
    return isFrench() ? "il y a " + duration(age) : duration(age) + " ago";
  }

  /** How long until: “in 8 s”, “dans 8 s”. */
  public String until(Instant at, Instant now) {
    Duration wait = Duration.between(now, at);
    if (wait.isNegative() || wait.toSeconds() == 0) {
      return isFrench() ? "maintenant" : "now";
    }
    return (isFrench() ? "dans " : "in ") + duration(wait);
  }

  /** A length of time in its largest unit. */
  public String duration(Duration duration) {
    if (duration.compareTo(MINUTE) < 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.compareTo(HOUR) < 0) {
      return duration.toMinutes() + " min";
    }
    if (duration.compareTo(DAY) < 0) {
      return duration.toHours() + " h";
    }
    return number(duration.toDays()) + (isFrench() ? " j" : " d");
  }

  private boolean isFrench() {
    return locale.getLanguage().equals(Locale.FRENCH.getLanguage());
  }
}

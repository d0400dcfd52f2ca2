package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.cloud.Currencies;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.language.Phrase;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the {@code prices} of an {@code isthmus:} block. */
final class PricesReader {

  private static final Pattern PRICE = Pattern.compile("[0-9]{1,9}([.][0-9]{1,9})?");

  private PricesReader() {}

  static Optional<PriceList> read(Fields fields) {
    fields.refuseOthers(
        Set.of(
            "currency",
            "flavor_hour",
            "volume_gib_month",
            "volume_type_gib_month",
            "address_hour",
            "egress_gib"));
    Optional<String> currency =
        fields.requiredText("currency").flatMap(text -> currency(fields, text));
    Map<PriceItem, BigDecimal> prices = new LinkedHashMap<>();
    byName(fields, "flavor_hour", PriceItem::flavor, prices);
    byName(fields, "volume_type_gib_month", PriceItem::volume, prices);
    price(fields, "volume_gib_month").ifPresent(price -> prices.put(PriceItem.volume(""), price));
    price(fields, "address_hour").ifPresent(price -> prices.put(PriceItem.address(), price));
    price(fields, "egress_gib").ifPresent(price -> prices.put(PriceItem.egress(), price));
    return currency.map(code -> new PriceList(code, prices));
  }

  private static void byName(
      Fields fields,
      String field,
      Function<String, PriceItem> item,
      Map<PriceItem, BigDecimal> into) {
    fields
        .map(field)
        .ifPresent(
            told ->
                told.names()
                    .forEach(
                        name -> {
                          if (name.isBlank() || name.length() > PriceItem.LONGEST_NAME) {
                            told.refuse(
                                name,
                                Phrase.of("cloud.price-name", told.path(name)),
                                Phrase.of("cloud.price-name-remedy", PriceItem.LONGEST_NAME));
                          } else {
                            price(told, name).ifPresent(p -> into.put(item.apply(name), p));
                          }
                        }));
  }

  private static Optional<String> currency(Fields fields, String text) {
    if (Currencies.CODES.contains(text)) {
      return Optional.of(text);
    }
    fields.refuse(
        "currency",
        Phrase.of("cloud.currency-unknown", fields.path("currency"), text),
        Phrase.of("cloud.currency-unknown-remedy"));
    return Optional.empty();
  }

  private static Optional<BigDecimal> price(Fields fields, String name) {
    return fields
        .text(name)
        .flatMap(
            text -> {
              if (PRICE.matcher(text).matches()) {
                return Optional.of(new BigDecimal(text));
              }
              fields.refuse(
                  name,
                  Phrase.of("cloud.price-form", fields.path(name), text),
                  Phrase.of("cloud.price-form-remedy"));
              return Optional.empty();
            });
  }
}

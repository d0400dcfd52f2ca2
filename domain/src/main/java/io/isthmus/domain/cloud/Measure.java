package io.isthmus.domain.cloud;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;

/**
 * What of a resource is paid for by time.
 *
 * @param item by time
 * @param amount how many of it: GiB of a volume, 1 of what is counted; at least 1
 */
public record Measure(PriceItem item, long amount) {

  /**
   * @throws IllegalArgumentException for an item that is not paid for by time, or an amount below 1
   */
  public Measure {
    if (!item.kind().isByTime() || amount < 1) {
      throw new IllegalArgumentException(amount + " of " + item);
    }
  }

  /** As it is stored. */
  public JsonObject write() {
    return Json.createObjectBuilder()
        .add("kind", item.kind().name())
        .add("name", item.name())
        .add("amount", amount)
        .build();
  }

  /** What {@link #write} wrote. */
  public static Measure read(JsonObject json) {
    return new Measure(
        new PriceItem(PriceItem.Kind.valueOf(json.getString("kind")), json.getString("name")),
        json.getJsonNumber("amount").longValueExact());
  }
}

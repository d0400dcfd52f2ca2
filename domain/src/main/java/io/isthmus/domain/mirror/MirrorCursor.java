package io.isthmus.domain.mirror;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonArray;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended.
 *
 * @param key what the last item is ordered by
 * @param list number of the list that it is from
 */
record MirrorCursor(MirrorOrder order, String key, String id, long list) {

  String text() {
    String json =
        Json.createArrayBuilder().add(order.text()).add(key).add(id).add(list).build().toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws FederationFault REQUEST_INVALID for what no page of this order has given
   */
  static MirrorCursor parse(String text, MirrorOrder order) {
    try {
      JsonArray json =
          Json.createReader(
                  new StringReader(
                      new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)))
              .readArray();
      MirrorCursor cursor =
          new MirrorCursor(
              MirrorOrder.parse(json.getString(0)),
              json.getString(1),
              json.getString(2),
              json.getJsonNumber(3).longValueExact());
      boolean isTime = order == MirrorOrder.OLDEST || order == MirrorOrder.NEWEST;
      boolean isKey =
          !isTime
              || cursor.key.equals("-infinity")
              || KeptItem.isTime(OffsetDateTime.parse(cursor.key).toInstant());
      if (cursor.order == order && isKey && (cursor.key + cursor.id).indexOf('\0') < 0) {
        return cursor;
      }
    } catch (RuntimeException e) {
      // Told below, like a cursor of another list.
    }
    Phrase phrase = Phrase.of("mirror.cursor");
    throw new FederationFault(
        FaultCode.REQUEST_INVALID,
        phrase,
        List.of(Violation.at("cursor", phrase, Phrase.of("mirror.cursor-remedy"))));
  }
}

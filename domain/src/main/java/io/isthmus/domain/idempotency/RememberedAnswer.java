package io.isthmus.domain.idempotency;

import java.util.Map;

/**
 * What was answered to a request.
 *
 * @param status as the face that answered counts them
 * @param headers those that belong to the answer itself
 * @param body as it was sent; is not copied
 */
public record RememberedAnswer(int status, Map<String, String> headers, byte[] body) {

  public RememberedAnswer {
    headers = Map.copyOf(headers);
  }
}

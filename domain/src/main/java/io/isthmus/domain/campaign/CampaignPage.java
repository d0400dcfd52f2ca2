package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Some campaigns, the newest first.
 *
 * @param next where the next page begins; empty on the last
 */
public record CampaignPage(List<CampaignView> campaigns, Optional<String> next) {

  public CampaignPage {
    campaigns = List.copyOf(campaigns);
  }

  /** A campaign's place in the list. */
  record Position(Instant at, UUID id) {

    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((at + "/" + id).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * @throws FederationFault REQUEST_INVALID
     */
    static Position parse(String cursor) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        int slash = text.indexOf('/');
        return new Position(
            Instant.parse(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
      } catch (RuntimeException e) {
        throw FederationFault.invalid("cursor", Phrase.of("fault.page-cursor"));
      }
    }
  }
}

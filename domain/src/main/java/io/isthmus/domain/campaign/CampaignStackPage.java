package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Optional;

/**
 * Some stacks of a campaign, wave by wave.
 *
 * @param next where the next page begins; empty on the last
 */
public record CampaignStackPage(List<CampaignStack> stacks, Optional<String> next) {

  public CampaignStackPage {
    stacks = List.copyOf(stacks);
  }

  /** A stack's place in the list. */
  record Position(int wave, int place) {

    static Position of(CampaignStack stack) {
      return new Position(stack.wave(), stack.place());
    }

    String cursor() {
      return wave + "." + place;
    }

    /**
     * @throws FederationFault REQUEST_INVALID
     */
    static Position parse(String cursor) {
      try {
        int dot = cursor.indexOf('.');
        return new Position(
            Integer.parseInt(cursor.substring(0, dot)),
            Integer.parseInt(cursor.substring(dot + 1)));
      } catch (RuntimeException e) {
        throw FederationFault.invalid("cursor", Phrase.of("fault.page-cursor"));
      }
    }
  }
}

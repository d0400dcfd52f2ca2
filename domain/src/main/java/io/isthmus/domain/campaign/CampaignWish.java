package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;

/**
 * The wish that many stacks be changed.
 *
 * @param name 1 to {@link Campaign#LONGEST_NAME} characters
 * @param reason 1 to {@link Campaign#LONGEST_REASON} characters, told in each stack's story
 */
public record CampaignWish(
    String name, String reason, CampaignScope scope, CampaignChange change, CampaignPace pace) {

  /**
   * @throws FederationFault REQUEST_INVALID
   */
  public CampaignWish {
    name = words("name", name, Campaign.LONGEST_NAME);
    reason = words("reason", reason, Campaign.LONGEST_REASON);
  }

  private static String words(String field, String given, int longest) {
    String words = given == null ? "" : given.strip();
    if (words.isEmpty() || words.length() > longest || words.indexOf(0) >= 0) {
      throw FederationFault.invalid(
          field, Phrase.of("campaign.name-needed", field, Integer.toString(longest)));
    }
    return words;
  }
}

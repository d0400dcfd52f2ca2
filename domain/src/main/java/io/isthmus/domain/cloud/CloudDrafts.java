package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.util.List;

/**
 * What a {@code clouds.yaml} gave: the entries that are right, and what is wrong with the others.
 */
public record CloudDrafts(List<CloudDraft> drafts, List<EntryProblem> problems) {

  public CloudDrafts {
    drafts = List.copyOf(drafts);
    problems = List.copyOf(problems);
  }

  /**
   * The drafts when all is right.
   *
   * @throws FederationFault CLOUD_INVALID with every violation
   */
  public List<CloudDraft> orThrow() {
    if (!problems.isEmpty()) {
      throw new FederationFault(
          FaultCode.CLOUD_INVALID,
          Phrase.of("cloud.entries-invalid", problems.size()),
          problems.stream().map(EntryProblem::violation).toList());
    }
    return drafts;
  }
}

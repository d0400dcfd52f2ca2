package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@code clouds.yaml} gave: the entries that are right, and what is wrong with the others.
 *
 * @param drafts the entries that are right, those that are registered already among them
 * @param known which of the drafts are registered already: their projects have an access to their
 *     clouds, and adding them is refused
 */
public record CloudDrafts(
    List<CloudDraft> drafts, List<EntryProblem> problems, List<EntryProblem> known) {

  /** Of an empty text. */
  public static final CloudDrafts NONE = new CloudDrafts(List.of(), List.of(), List.of());

  public CloudDrafts {
    drafts = List.copyOf(drafts);
    problems = List.copyOf(problems);
    known = List.copyOf(known);
  }

  /** Whether the draft's project has an access to its cloud already. */
  public boolean isKnown(CloudDraft draft) {
    return known.stream().anyMatch(problem -> problem.entry().equals(draft.entry()));
  }

  /** What is wrong with the text as a whole or with the facts, whichever entries are chosen. */
  public List<EntryProblem> problemsOfAll() {
    return problems.stream().filter(CloudDrafts::isOfAll).toList();
  }

  /** What was pasted has no name; the facts beside it have one. */
  private static boolean isOfAll(EntryProblem problem) {
    return problem.entry().isEmpty() || !problem.source().isEmpty();
  }

  /**
   * Only some of the entries, with what is wrong with them.
   *
   * @param entries their names; empty for all
   * @throws FederationFault CLOUD_INVALID when the text has no such entry
   */
  public CloudDrafts only(Set<String> entries) {
    if (entries.isEmpty()) {
      return this;
    }
    Set<String> there =
        Stream.concat(
                drafts.stream().map(CloudDraft::entry),
                problems.stream().filter(problem -> !isOfAll(problem)).map(EntryProblem::entry))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = new TreeSet<>(entries);
    missing.removeAll(there);
    if (!missing.isEmpty() && !there.isEmpty()) {
      Phrase phrase =
          Phrase.of("cloud.entries-unknown", String.join(", ", missing), String.join(", ", there));
      throw new FederationFault(
          FaultCode.CLOUD_INVALID, phrase, List.of(Violation.at("entries", phrase)));
    }
    return new CloudDrafts(
        drafts.stream().filter(draft -> entries.contains(draft.entry())).toList(),
        problems.stream()
            .filter(problem -> entries.contains(problem.entry()) || isOfAll(problem))
            .toList(),
        known.stream().filter(problem -> entries.contains(problem.entry())).toList());
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
          violations(problems));
    }
    return drafts;
  }

  /**
   * The drafts when all is right and none is registered.
   *
   * @throws FederationFault as above; NAME_TAKEN with each entry that is registered already
   */
  public List<CloudDraft> newOrThrow() {
    List<CloudDraft> right = orThrow();
    if (!known.isEmpty()) {
      throw new FederationFault(
          FaultCode.NAME_TAKEN,
          known.size() == 1
              ? known.get(0).violation().message()
              : Phrase.of(
                  "cloud.entries-known",
                  known.stream().map(EntryProblem::entry).collect(Collectors.joining(", "))),
          violations(known));
    }
    return right;
  }

  private static List<Violation> violations(List<EntryProblem> problems) {
    return problems.stream().map(EntryProblem::violation).toList();
  }
}

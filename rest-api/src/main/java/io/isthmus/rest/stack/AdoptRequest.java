package io.isthmus.rest.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.AdoptStack;
import io.isthmus.domain.stack.AdoptionDocument;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.rest.problem.Arguments;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * That what is in clouds already becomes a stack.
 *
 * @param project {@code tenant/project}; the caller's own first project when left out
 * @param name of the new stack; the document's when left out
 * @param adoptStackData what abandoning a stack answered with, as an object, or as Heat takes it as
 *     text
 * @param parameters more than the document's, such as hidden ones
 * @param policy placement policy, as text; the document's when left out
 * @param place where everything is of which the document names no place, as Heat's do
 * @param drift what is done about what is changed behind our back; when left out, what vanishes is
 *     made anew
 */
public record AdoptRequest(
    String project,
    String name,
    @NotNull JsonValue adoptStackData,
    JsonObject parameters,
    String policy,
    @Valid Place place,
    @Valid ChangeRequest.Drift drift) {

  /** A region of a cloud. */
  public record Place(@NotNull String cloud, @NotNull String region) {

    private AdoptionDocument of(AdoptionDocument document) {
      return document.at(Arguments.parse("place.cloud", cloud, CloudId::new), region);
    }
  }

  AdoptStack toCommand(ProjectId inProject, DriftChoice onDrift) {
    String text =
        adoptStackData instanceof JsonString written
            ? written.getString()
            : adoptStackData.toString();
    AdoptionDocument document = AdoptionDocument.parse(text);
    return new AdoptStack(
        inProject,
        name == null ? "" : name,
        place == null ? document : place.of(document),
        parameters == null ? JsonValue.EMPTY_JSON_OBJECT : parameters,
        Optional.ofNullable(policy),
        onDrift);
  }
}

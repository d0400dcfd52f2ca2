package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * What a stack was wished to be at one time.
 *
 * @param number from 1
 * @param parameters as given, hidden ones in clear; encrypted at rest
 * @param computed values drawn once and kept; encrypted at rest
 * @param parts that were wanted then, those not made yet included
 */
public record StackRevision(
    int number,
    TemplateSource template,
    JsonObject parameters,
    JsonObject computed,
    String policy,
    PlanId plan,
    List<Part> parts) {

  public StackRevision {
    parts = List.copyOf(parts);
  }

  /**
   * One generation of one physical resource, and what it was wished to be.
   *
   * @param pending whether it had not become that yet
   */
  public record Part(PartKey key, String type, PartSpec spec, boolean pending) {}
}

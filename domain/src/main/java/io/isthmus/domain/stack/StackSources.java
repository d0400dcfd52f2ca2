package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.template.TemplateSource;

/**
 * What a stack was made from. Parameters are not among it, because some are hidden.
 *
 * @param policy text of the placement policy; empty when there was none
 */
public record StackSources(TemplateSource template, String policy, PlanId plan) {}

package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.stack.Blueprints;
import io.isthmus.domain.stack.Relocations;
import io.isthmus.domain.stack.StackStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * All that the engine gets from outside.
 *
 * @param owner names this engine among those that share the store
 */
public record Engine(
    String owner,
    EngineLimits limits,
    Clock clock,
    Scheduler scheduler,
    RandomGenerator random,
    StackStore store,
    Blueprints blueprints,
    Relocations relocations,
    CloudConnections connections,
    Drivers drivers) {}

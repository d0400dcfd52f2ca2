package io.isthmus.domain.stack;

import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * An output of a stack.
 *
 * @param value empty while something that it needs is not known. Where an attribute of a stretched
 *     resource differs from region to region, it is a map from {@code cloud/region} to the value
 *     there
 */
public record OutputView(String name, String description, Optional<JsonValue> value) {}

package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonValue;

/**
 * What a property becomes in one place, because names and addresses differ there.
 *
 * @param property path of the property, such as {@code flavor} or {@code
 *     external_gateway_info.network}
 * @param value what to give to the cloud instead of what the template says
 * @param why in words: by name, by an equivalence, as the smallest that fits, …
 */
public record Resolution(String property, JsonValue value, Phrase why) {}

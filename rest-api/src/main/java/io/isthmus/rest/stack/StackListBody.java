package io.isthmus.rest.stack;

import io.isthmus.domain.stack.StackPage;
import java.util.List;
import java.util.Locale;

/**
 * One page of stacks.
 *
 * @param next cursor of the following page; absent on the last
 */
public record StackListBody(List<StackBody> stacks, String next) {

  static StackListBody of(StackPage page, Locale locale) {
    return new StackListBody(
        page.stacks().stream().map(stack -> StackBody.of(stack, locale)).toList(),
        page.next().orElse(null));
  }
}

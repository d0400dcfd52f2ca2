package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Synthetic.Thing;
import io.isthmus.sandbox.http.Tail;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A list of things that are there by rule, as the end of a list of others.
 *
 * @param since as in {@link Synthetic#part}
 * @param row what a service keeps of such a thing
 */
public record SyntheticTail(
    Synthetic things,
    boolean newestFirst,
    Instant since,
    Predicate<Thing> which,
    Function<Thing, ObjectNode> row)
    implements Tail {

  @Override
  public boolean has(String id) {
    return things.find(id).isPresent();
  }

  @Override
  public List<ObjectNode> after(String id, int most) {
    OptionalInt index = id == null ? OptionalInt.empty() : things.find(id);
    return things.part(newestFirst, index, most, since, which).stream().map(row).toList();
  }
}

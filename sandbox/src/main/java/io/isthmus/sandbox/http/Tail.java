package io.isthmus.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a list has behind the rows that are held: rows that are worked out when they are asked for.
 */
public interface Tail {
  /** Nothing. */
  Tail NONE =
      new Tail() {
        @Override
        public boolean has(String id) {
          return false;
        }

        @Override
        public List<ObjectNode> after(String id, int most) {
          return List.of();
        }
      };

  /** Whether the id is that of one of its rows. */
  boolean has(String id);

  /**
   * Its rows behind one of them.
   *
   * @param id null to begin at its begin
   * @param most how many
   */
  List<ObjectNode> after(String id, int most);
}

package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CompactRangeTest {

  @Property(tries = 100)
  void makesTheRootOfTheWholeTree(@ForAll @IntRange(max = 600) int size) {
    Map<String, Hash> nodes = new HashMap<>();
    CompactRange range = new CompactRange();
    for (int leaf = 0; leaf < size; leaf++) {
      range.append(
          Hash.ofLeaf(Integer.toString(leaf).getBytes(StandardCharsets.UTF_8)),
          (level, index, hash) -> nodes.put(level + "/" + index, hash));
    }
    MerkleTree tree = new MerkleTree((level, index) -> nodes.get(level + "/" + index));

    assertThat(range.root()).isEqualTo(tree.root(size));
    assertThat(new CompactRange(size, range.subtrees()).root()).isEqualTo(tree.root(size));
  }

  @Example
  void refusesSubtreesThatNoTreeOfThatSizeHas() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CompactRange(3, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new CompactRange(-1, List.of()));
  }
}

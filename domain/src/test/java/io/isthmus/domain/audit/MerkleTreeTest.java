package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Roots as others compute them, and proofs that hold for what is true and for nothing else. */
class MerkleTreeTest {

  /** Leaves and roots that Certificate Transparency's implementations test with. */
  private static final List<String> KNOWN_LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> KNOWN_ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static List<Hash> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(each -> Hash.ofLeaf(Integer.toString(each).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static MerkleTree tree(List<Hash> leaves) {
    return new MerkleTree((level, index) -> node(leaves, level, index));
  }

  private static Hash node(List<Hash> leaves, int level, long index) {
    return level == 0
        ? leaves.get((int) index)
        : Hash.ofNode(node(leaves, level - 1, 2 * index), node(leaves, level - 1, 2 * index + 1));
  }

  @Example
  void computesTheRootsThatOthersCompute() {
    List<Hash> leaves =
        KNOWN_LEAVES.stream().map(hex -> Hash.ofLeaf(HexFormat.of().parseHex(hex))).toList();
    for (int size = 1; size <= leaves.size(); size++) {
      assertThat(tree(leaves).root(size)).hasToString(KNOWN_ROOTS.get(size - 1));
    }
    assertThat(tree(leaves).root(0))
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Property
  void provesEveryLeafAndNoOther(
      @ForAll @IntRange(min = 1, max = 300) int size, @ForAll @IntRange(max = 299) int index) {
    Assume.that(index < size);
    List<Hash> leaves = leaves(size);
    Hash root = tree(leaves).root(size);
    List<Hash> path = tree(leaves).inclusion(index, size);

    assertThat(MerkleProof.includes(leaves.get(index), index, size, root, path)).isTrue();
    assertThat(MerkleProof.includes(Hash.ofLeaf(new byte[] {7}), index, size, root, path))
        .isFalse();
    assertThat(MerkleProof.includes(leaves.get(index), index + 1L, size, root, path)).isFalse();
    assertThat(MerkleProof.includes(leaves.get(index), index, size, Hash.of(new byte[1]), path))
        .isFalse();
    for (List<Hash> wrong : spoilt(path)) {
      assertThat(MerkleProof.includes(leaves.get(index), index, size, root, wrong)).isFalse();
    }
  }

  @Property
  void provesThatALaterTreeHoldsAnEarlierOne(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 1, max = 300) int before) {
    Assume.that(before <= size);
    List<Hash> leaves = leaves(size);
    Hash earlier = tree(leaves).root(before);
    Hash root = tree(leaves).root(size);
    List<Hash> path = tree(leaves).consistency(before, size);

    assertThat(MerkleProof.extendsTree(before, earlier, size, root, path)).isTrue();
    for (List<Hash> wrong : spoilt(path)) {
      assertThat(MerkleProof.extendsTree(before, earlier, size, root, wrong)).isFalse();
    }
    List<Hash> changed = new ArrayList<>(leaves);
    changed.set(before - 1, Hash.ofLeaf(new byte[] {7}));
    assertThat(
            MerkleProof.extendsTree(
                before,
                earlier,
                size,
                tree(changed).root(size),
                tree(changed).consistency(before, size)))
        .isFalse();
  }

  /** One hash too many, one too few, one that is another. */
  private static List<List<Hash>> spoilt(List<Hash> path) {
    List<List<Hash>> all = new ArrayList<>();
    List<Hash> longer = new ArrayList<>(path);
    longer.add(Hash.of(new byte[] {9}));
    all.add(longer);
    if (!path.isEmpty()) {
      all.add(path.subList(0, path.size() - 1));
      List<Hash> other = new ArrayList<>(path);
      other.set(path.size() / 2, Hash.of(new byte[] {9}));
      all.add(other);
    }
    return all;
  }

  @Example
  void refusesToProveWhatThereIsNot() {
    MerkleTree tree = tree(leaves(5));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(5, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(6, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> Hash.parse("00"));
  }
}

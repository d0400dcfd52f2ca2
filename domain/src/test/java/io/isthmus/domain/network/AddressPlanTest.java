package io.isthmus.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AddressPlanTest {

  private static final Cidr POOL = Cidr.of("10.128.0.0/9");

  @Property
  void nothingThatIsTakenEverOverlaps(
      @ForAll @Size(max = 40) List<@IntRange(min = 9, max = 30) Integer> lengths,
      @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 100_000) Integer> foreign) {
    AddressPlan plan = new AddressPlan(List.of(POOL), List.of());
    for (int offset : foreign) {
      Cidr other = Cidr.of(POOL.address(java.math.BigInteger.valueOf(offset * 80L)) + "/27");
      if (plan.isFree(other)) {
        plan = plan.with(other);
      }
    }
    for (int length : lengths) {
      Optional<Cidr> found = plan.findFree(32, length);
      if (found.isPresent()) {
        assertThat(POOL.contains(found.get())).isTrue();
        assertThat(found.get().length()).isEqualTo(length);
        assertThat(plan.isFree(found.get())).isTrue();
        plan = plan.with(found.get());
      }
    }
    List<Cidr> taken = new ArrayList<>(plan.taken());
    for (int i = 0; i < taken.size(); i++) {
      for (int j = i + 1; j < taken.size(); j++) {
        assertThat(taken.get(i).overlaps(taken.get(j))).isFalse();
      }
    }
  }

  @Property
  void findsRoomAsLongAsThereIsSome(@ForAll @IntRange(min = 24, max = 28) int length) {
    AddressPlan plan = new AddressPlan(List.of(Cidr.of("10.0.0.0/22")), List.of());
    for (int i = 0; i < 1 << (length - 22); i++) {
      plan = plan.with(plan.findFree(32, length).orElseThrow());
    }
    assertThat(plan.findFree(32, length)).isEmpty();
  }

  @Property
  void aBlockHoldsItsSegmentsAndOneMore(
      @ForAll @IntRange(min = 2, max = 60) int regions,
      @ForAll @IntRange(min = 20, max = 28) int length) {
    Cidr block =
        new AddressPlan(List.of(POOL), List.of())
            .findFree(32, AddressPlan.blockLength(length, regions))
            .orElseThrow();
    List<Cidr> segments = new ArrayList<>();
    for (int i = 0; i < regions; i++) {
      segments.add(block.segment(i, length));
    }
    assertThat(segments).allMatch(block::contains).doesNotHaveDuplicates();
    assertThat(block.contains(block.segment(regions, length))).isTrue();
    assertThat(AddressPlan.block(segments)).isEqualTo(block);
  }

  @Example
  void readsAndWritesBothFamilies() {
    assertThat(Cidr.of("10.1.2.3/24")).hasToString("10.1.2.0/24");
    assertThat(Cidr.of("FD00:0:0:1::/64")).hasToString("fd00:0:0:1::/64");
    assertThat(Cidr.of("::/0")).hasToString("::/0");
    assertThat(Cidr.parse("host/24")).isEmpty();
    assertThat(Cidr.parse("10.0.0.0/33")).isEmpty();
    assertThat(Cidr.parse("10.0.0/24")).isEmpty();
    assertThat(Cidr.of("10.0.0.0/24").containsAddress("10.0.1.0")).isFalse();
  }
}

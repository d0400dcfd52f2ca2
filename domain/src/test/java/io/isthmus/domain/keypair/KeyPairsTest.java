package io.isthmus.domain.keypair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairsTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final ProjectId OTHER = ProjectId.parse("globex/demo");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());

  private final List<KeyPairUses.Use> uses = new ArrayList<>();
  private TestDatabase database;
  private KeyPairs pairs;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    pairs =
        new KeyPairs(
            new KeyPairStore(database.dataSource()),
            project -> project.equals(DEMO) ? uses : List.of(),
            TenantStores.withProjects(database, DEMO, OTHER));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  @Test
  void isKeptForItsProjectUntilItIsRemoved() {
    KeyPair laptop = pairs.add(DEMO, "laptop", Keys.ED25519, ALICE);
    KeyPair build = pairs.add(DEMO, "Build farm", Keys.P256, ALICE);

    assertThat(laptop.addedBy()).isEqualTo("alice");
    assertThat(pairs.list(DEMO, ALICE))
        .extracting(KeyPairs.Kept::pair)
        .containsExactly(build, laptop);
    assertThat(pairs.find(DEMO, "laptop", ALICE).pair()).isEqualTo(laptop);
    assertThat(pairs.of(DEMO)).isEqualTo(Map.of("laptop", Keys.ED25519, "Build farm", Keys.P256));
    pairs.remove(DEMO, "laptop", ALICE);
    assertThat(pairs.list(DEMO, ALICE)).hasSize(1);
    assertThat(fault(() -> pairs.find(DEMO, "laptop", ALICE))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> pairs.remove(DEMO, "laptop", ALICE))).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void anotherTenantsLookMissing() {
    pairs.add(DEMO, "laptop", Keys.ED25519, ALICE);

    assertThat(fault(() -> pairs.list(DEMO, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> pairs.find(DEMO, "laptop", BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> pairs.add(DEMO, "mine", Keys.P256, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> pairs.remove(DEMO, "laptop", BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(pairs.list(OTHER, BOB)).isEmpty();
    assertThat(pairs.add(OTHER, "laptop", Keys.P256, BOB).key().type())
        .isEqualTo("ecdsa-sha2-nistp256");
    assertThat(pairs.of(DEMO)).isEqualTo(Map.of("laptop", Keys.ED25519));
  }

  @Test
  void aNameIsTakenOnce() {
    pairs.add(DEMO, "laptop", Keys.ED25519, ALICE);

    assertThat(fault(() -> pairs.add(DEMO, "laptop", Keys.P256, ALICE)))
        .isEqualTo(FaultCode.NAME_TAKEN);
    assertThat(pairs.of(DEMO)).containsEntry("laptop", Keys.ED25519);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Alice's", "é", "", " a", "a ", ".", "..", "a/b", "a#b", "a\nb"})
  void aNameFollowsNovasRule(String name) {
    if (name.equals("a")) {
      assertThat(pairs.add(DEMO, name, Keys.ED25519, ALICE).name()).isEqualTo(name);
    } else {
      assertThat(fault(() -> pairs.add(DEMO, name, Keys.ED25519, ALICE)))
          .isEqualTo(FaultCode.REQUEST_INVALID);
    }
  }

  @Test
  void theLongestNameIsTakenAndOneMoreIsNot() {
    assertThat(pairs.add(DEMO, "a@.-_ ".repeat(42) + "abc", Keys.ED25519, ALICE).name())
        .hasSize(255);
    assertThat(fault(() -> pairs.add(DEMO, "a".repeat(256), Keys.ED25519, ALICE)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void aPrivateKeyInTheFieldOfTheNameIsNotRepeated() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> pairs.add(DEMO, "-----BEGIN PRIVATE KEY-----\ns3cret", Keys.ED25519, ALICE));

    assertThat(fault.phrase().in(Locale.ENGLISH)).doesNotContain("s3cret");
    assertThat(fault.violations().get(0).message().in(Locale.FRENCH)).doesNotContain("s3cret");
  }

  @Test
  void aProjectKeepsSoManyAndNoMore() {
    for (int i = 0; i < KeyPairs.MOST; i++) {
      pairs.add(DEMO, "key " + i, Keys.ED25519, ALICE);
    }

    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class, () -> pairs.add(DEMO, "one more", Keys.P256, ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.QUOTA_EXCEEDED);
    assertThat(fault.phrase().in(Locale.ENGLISH)).contains("acme/demo", "100");
    assertThat(pairs.add(OTHER, "one more", Keys.P256, BOB)).isNotNull();
  }

  @Test
  void tellsTheStacksThatWereMadeWithThatVeryKey() {
    uses.add(new KeyPairUses.Use("shop", "laptop", Keys.ED25519));
    uses.add(new KeyPairUses.Use("old", "laptop", Keys.P256));
    uses.add(new KeyPairUses.Use("else", "another", Keys.ED25519));
    pairs.add(DEMO, "laptop", Keys.ED25519, ALICE);

    assertThat(pairs.find(DEMO, "laptop", ALICE).stacks()).containsExactly("shop");
    assertThat(pairs.list(DEMO, ALICE).get(0).stacks()).containsExactly("shop");
  }
}

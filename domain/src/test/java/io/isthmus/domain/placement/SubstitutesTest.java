package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is listed is what a plan takes. */
class SubstitutesTest {

  private static final CloudId BHS = new CloudId("bhs");

  private static CloudBuilder gra() {
    return new CloudBuilder("gra").region("GRA-1", "a").region("GRA-2", "a");
  }

  private static CloudBuilder bhs() {
    return new CloudBuilder("bhs")
        .region("BHS-1", "a")
        .flavors(
            new Flavor("x", "c2-2", 1, 1024, 50, Map.of()),
            new Flavor("y", "c2-4", 2, 4096, 50, Map.of()),
            new Flavor("z", "c2-8", 4, 8192, 50, Map.of()))
        .images(new Image("d", "Debian 12", Optional.of("debian"), Optional.of("12"), 2, 0));
  }

  @Test
  void tellsTheSmallestFlavorThatIsAsLargeAndTheImageOfTheSameSystem() {
    Substitutes substitutes = new Substitutes(Federations.of(gra(), bhs()));

    assertThat(substitutes.flavor("m1.small"))
        .containsExactly(new Substitute(BHS, List.of("BHS-1"), true, "c2-4"));
    assertThat(substitutes.image("debian-12"))
        .containsExactly(new Substitute(BHS, List.of("BHS-1"), true, "Debian 12"));
    assertThat(substitutes.flavor("c2-4"))
        .containsExactly(
            new Substitute(new CloudId("gra"), List.of("GRA-1", "GRA-2"), true, "m1.large"));
  }

  @Test
  void tellsNothingWhereNothingIsLargeEnoughOrTheProjectHasNoAccess() {
    assertThat(new Substitutes(Federations.of(gra(), bhs())).flavor("m1.large")).isEmpty();
    assertThat(new Substitutes(Federations.of(gra(), bhs().inaccessible())).flavor("m1.small"))
        .isEmpty();
    assertThat(new Substitutes(Federations.of(gra(), bhs())).flavor("unheard-of")).isEmpty();
  }

  @Test
  void followsAnAdministratorsWord() {
    Substitutes substitutes =
        new Substitutes(
            Federations.of(
                List.of(new Equivalence(Equivalence.Kind.FLAVOR, "m1.small", BHS, "z")),
                gra(),
                bhs()));

    assertThat(substitutes.flavor("m1.small"))
        .containsExactly(new Substitute(BHS, List.of("BHS-1"), true, "c2-8"));
  }
}

package io.isthmus.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.isthmus.itests.BesideOthers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;

/** Which tests run beside others is said by each of them, not left to chance. */
class SideBySideTest {

  /** The suites that the launcher runs side by side, and that have several classes. */
  private static final List<String> SUITES = List.of("container", "browser");

  @Test
  void eachClassOfASuiteSaysWhetherOthersMayRunMeanwhile() {
    List<JavaClass> classes =
        new ClassFileImporter()
            .importPackages("io.isthmus.itests").stream()
                .filter(SideBySideTest::isOfSuite)
                .toList();

    assertThat(classes).hasSizeGreaterThan(50);
    assertThat(classes)
        .filteredOn(
            type ->
                type.isAnnotatedWith(BesideOthers.class) == type.isAnnotatedWith(Isolated.class))
        .as("say @BesideOthers if its Javadoc fits, otherwise @Isolated(\"why\"), and not both")
        .isEmpty();
  }

  private static boolean isOfSuite(JavaClass type) {
    boolean hasTests =
        type.getAllMethods().stream()
            .anyMatch(
                method ->
                    method.isAnnotatedWith(Test.class)
                        || method.isAnnotatedWith(ParameterizedTest.class));
    return hasTests
        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
        && type.getClassHierarchy().stream()
            .anyMatch(
                one ->
                    one.tryGetAnnotationOfType(Tag.class)
                        .filter(tag -> SUITES.contains(tag.value()))
                        .isPresent());
  }
}

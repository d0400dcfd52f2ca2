package io.isthmus.openstack.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.openstack.scripted.Parts;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final String NET = "OS::Neutron::Net";
  private static final List<String> MARKS =
      Marks.tags(Parts.of("net", NET, "{}").mark()).stream().toList();

  private static JsonObject json(String text) {
    return Parts.of("net", NET, text).properties();
  }

  /** What was asked for last, and before that, oldest first. */
  private static JsonObject tried(String last, String... earlier) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (String one : earlier) {
      all.add(json(one));
    }
    return Json.createObjectBuilder(json(last)).add(ResourceDriver.EARLIER, all).build();
  }

  private static Change change(String wanted, JsonObject before, String there) {
    return new Change(Parts.of("net", NET, wanted), before, json(there));
  }

  private static String tags(String... all) {
    StringBuilder text = new StringBuilder();
    for (String tag : all) {
      text.append(text.length() == 0 ? "'" : ", '").append(tag).append("'");
    }
    return "{'tags': [" + text + "]}";
  }

  @Test
  void isGoneWhatAnyUpdateGaveAndIsGivenNoMore() {
    JsonObject before = tried("{'b': 1, 'c': null}", "{'a': 1}", "{'c': 2}");
    Change change = change("{'b': 2, 'd': null}", before, "{}");
    assertThat(change.isGone("a")).isTrue();
    assertThat(change.isGone("c")).isTrue();
    assertThat(change.isGone("b")).as("given").isFalse();
    assertThat(change.isGone("d")).as("never given").isFalse();
    assertThat(change("{'a': null}", json("{'a': 1}"), "{}").isGone("a")).isTrue();
    assertThat(change("{}", json("{'a': null}"), "{}").isGone("a")).isFalse();
    assertThat(change.concerns("a") && change.concerns("b")).isTrue();
    assertThat(change.concerns("d")).isFalse();
  }

  @Test
  void takesAwayTagsOfAnyUpdateAndLeavesThoseOfOthersAndOurMark() {
    JsonObject before = tried(tags("last"), tags("first"), tags("second"));
    List<String> now =
        change(tags("new"), before, tags("theirs", "first", "second", "last"))
            .newTags()
            .orElseThrow();
    assertThat(now).containsExactlyInAnyOrder("theirs", "new");

    assertThat(change(tags("new"), before, tags("theirs", "new")).newTags())
        .as("as it shall be")
        .isEmpty();
    assertThat(change("{}", json("{}"), tags("theirs")).newTags()).isEmpty();
    assertThat(change("{}", json(tags("old")), tags("old")).newTags())
        .hasValueSatisfying(none -> assertThat(none).isEmpty());
  }

  @Test
  void keepsTheTagsThatAreOurMarkEvenIfSomebodyGaveThemByHand() {
    String[] marks = MARKS.toArray(String[]::new);
    assertThat(marks).isNotEmpty();
    assertThat(change(tags("new"), json(tags(marks)), tags(marks)).newTags().orElseThrow())
        .contains("new")
        .contains(marks);
  }
}

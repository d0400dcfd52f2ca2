package io.isthmus.domain.template;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/** What every template may ask for by {@code get_param} without declaring it. */
public record PseudoParameters(String stackName, String stackId, String projectId) {

  static final String STACK_NAME = "OS::stack_name";
  static final String STACK_ID = "OS::stack_id";
  static final String PROJECT_ID = "OS::project_id";

  /** Known to Heat, but a stack here may be in several regions. */
  static final String REGION = "OS::region";

  static final List<String> NAMES = List.of(STACK_NAME, STACK_ID, PROJECT_ID);

  Map<String, JsonValue> values() {
    return Map.of(
        STACK_NAME, Values.text(stackName),
        STACK_ID, Values.text(stackId),
        PROJECT_ID, Values.text(projectId));
  }
}

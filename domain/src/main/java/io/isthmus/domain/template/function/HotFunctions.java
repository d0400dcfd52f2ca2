package io.isthmus.domain.template.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions that are supported, by name. */
public final class HotFunctions {

  private static final Map<String, HotFunction> BY_NAME = new LinkedHashMap<>();

  static {
    for (HotFunction function :
        List.of(
            new GetParam.Function(),
            new GetResource.Function(),
            new GetAttr.Function(),
            new GetFile(),
            new StrReplace.Function(),
            new ListJoin.Function(),
            new ListConcat.Function(ListConcat.Function.PLAIN),
            new ListConcat.Function(ListConcat.Function.UNIQUE),
            new MapMerge.Function(),
            new StrSplit.Function(),
            new Digest.Function(),
            new Repeat.Function(),
            new If.Function())) {
      BY_NAME.put(function.name(), function);
    }
  }

  private HotFunctions() {}

  public static Optional<HotFunction> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public static Set<String> names() {
    return java.util.Collections.unmodifiableSet(BY_NAME.keySet());
  }
}

package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.type.ResourceTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a template's types mean: types of our own, what the environment's registry maps names
 * to, and templates in files. Each file is read once.
 *
 * @see "openstack/heat heat/engine/environment.py, ResourceRegistry"
 */
final class TypeFinder {

  /** As Heat's max_nested_stack_depth. */
  static final int MAX_DEPTH = 5;

  /** Of all nested templates together, in characters. */
  static final int MAX_TEXT = 2 * 1024 * 1024;

  private static final int MAX_ALIASES = 10;

  /** Reads one nested template; tells its own findings. */
  interface Reader {
    Optional<HotTemplate> read(String file, String text, TypeFinder types, Findings findings);
  }

  private final TemplateSource source;
  private final Reader reader;
  private final List<String> open;
  private final Map<String, Optional<HotTemplate>> read;

  TypeFinder(TemplateSource source, Reader reader) {
    this(source, reader, List.of(), new LinkedHashMap<>());
  }

  private TypeFinder(
      TemplateSource source,
      Reader reader,
      List<String> open,
      Map<String, Optional<HotTemplate>> read) {
    this.source = source;
    this.reader = reader;
    this.open = List.copyOf(open);
    this.read = read;
  }

  /** The file that is being read; empty for the outermost template. */
  Optional<String> file() {
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
  }

  Map<String, String> files() {
    return source.files();
  }

  /** The type of a name; empty when there is none, which the findings have been told. */
  Optional<ResourceType> find(String name, Where where, Findings findings) {
    String target = name;
    for (int i = 0; i < MAX_ALIASES; i++) {
      Optional<String> mapped = mapped(target);
      if (mapped.isEmpty() || mapped.get().equals(target)) {
        return isFile(target)
            ? nested(name, target, where, findings)
            : builtIn(name, target, where, findings);
      }
      target = mapped.get();
    }
    findings.add(where, Phrase.of("template.registry-circular", name));
    return Optional.empty();
  }

  /** A template that a type stands for may itself use what the type was before. */
  private Optional<String> mapped(String name) {
    Optional<String> target =
        Optional.ofNullable(source.registry().get(name)).or(() -> byPattern(name));
    return target.filter(file -> !open.contains(file) || ResourceTypes.find(name).isEmpty());
  }

  /** The longest beginning that fits; with a star on both sides the rest of the name stays. */
  private Optional<String> byPattern(String name) {
    return source.registry().keySet().stream()
        .filter(pattern -> pattern.endsWith("*") && name.startsWith(head(pattern)))
        .max(Comparator.comparingInt(String::length))
        .map(
            pattern -> {
              String target = source.registry().get(pattern);
              return target.endsWith("*")
                  ? head(target) + name.substring(head(pattern).length())
                  : target;
            });
  }

  private static String head(String pattern) {
    return pattern.substring(0, pattern.length() - 1);
  }

  static boolean isFile(String target) {
    return target.endsWith(".yaml") || target.endsWith(".yml") || target.endsWith(".template");
  }

  private Optional<ResourceType> builtIn(
      String name, String target, Where where, Findings findings) {
    Optional<ResourceType> type = ResourceTypes.find(target);
    if (type.isEmpty()) {
      Set<String> known = new LinkedHashSet<>(ResourceTypes.names());
      source.registry().keySet().stream().filter(n -> !n.endsWith("*")).forEach(known::add);
      findings.addUnknown(
          where,
          name.equals(target)
              ? Phrase.of("template.unknown-type", target)
              : Phrase.of("template.registry-unknown-type", name, target),
          target,
          known);
    }
    return type;
  }

  private Optional<ResourceType> nested(String name, String file, Where where, Findings findings) {
    String text = source.files().get(file);
    if (text == null) {
      findings.add(
          where,
          Phrase.of("template.no-such-file", file),
          Phrase.of("template.nested-file-remedy"));
      return Optional.empty();
    }
    if (open.contains(file)) {
      List<String> round = new ArrayList<>(open.subList(open.indexOf(file), open.size()));
      round.add(file);
      findings.add(where, Phrase.of("template.nested-circular", String.join(" → ", round)));
      return Optional.empty();
    }
    if (open.size() >= MAX_DEPTH) {
      findings.add(where, Phrase.of("template.nested-too-deep", file, MAX_DEPTH));
      return Optional.empty();
    }
    Optional<HotTemplate> known = read.get(file);
    if (known == null) {
      long size = text.length();
      for (String other : read.keySet()) {
        size += source.files().get(other).length();
      }
      if (size > MAX_TEXT) {
        findings.add(where, Phrase.of("template.nested-too-large", MAX_TEXT / 1024));
        return Optional.empty();
      }
      List<String> deeper = new ArrayList<>(open);
      deeper.add(file);
      known = reader.read(file, text, new TypeFinder(source, reader, deeper, read), findings);
      read.put(file, known);
    }
    return known.map(template -> new NestedType(name, file, template));
  }
}

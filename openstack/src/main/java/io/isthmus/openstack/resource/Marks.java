package io.isthmus.openstack.resource;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a mark is written on physical resources: in metadata where there is some, else at the end of
 * the description, which is set in the same call that makes the resource.
 */
public final class Marks {
  /** How keys of metadata begin that drivers write. */
  public static final String OURS = "isthmus:";

  public static final String STACK = OURS + "stack";
  public static final String RESOURCE = OURS + "resource";
  public static final String GENERATION = OURS + "generation";

  /** Neutron's longest description. */
  private static final int LONGEST_DESCRIPTION = 255;

  private static final int LONGEST_RESOURCE = 120;
  private static final Pattern IN_DESCRIPTION =
      Pattern.compile("\\[isthmus:([0-9a-f-]{36}):(\\d{1,9}):([^\\]]+)\\]$");

  private static final Pattern NAME_END = Pattern.compile("-([0-9a-f]{12})$");

  private Marks() {}

  /** Whether a key of metadata is one that drivers write, which no template changes. */
  public static boolean isOurs(String key) {
    return key.startsWith(OURS);
  }

  /** One text for one mark; equal exactly when the marks are. */
  public static String text(Mark mark) {
    return text(mark.stack().toString(), mark.generation(), resource(mark));
  }

  private static String text(String stack, int generation, String resource) {
    return "[isthmus:" + stack + ":" + generation + ":" + resource + "]";
  }

  /** The path, or something made from it where it would not fit. */
  private static String resource(Mark mark) {
    String path = mark.resource();
    return path.length() <= LONGEST_RESOURCE && !path.contains("]")
        ? path
        : "sha256-" + HexFormat.of().formatHex(digest(path), 0, 16);
  }

  /** The user's description with the mark behind it, the former shortened to what fits. */
  public static String described(String userText, Mark mark) {
    String text = text(mark);
    String words = userText.strip();
    if (words.isEmpty()) {
      return text;
    }
    int room = LONGEST_DESCRIPTION - text.length() - 1;
    return (words.length() > room ? words.substring(0, room) : words) + " " + text;
  }

  /** The text of the mark that a description carries. */
  public static Optional<String> inDescription(JsonObject resource) {
    if (resource.get("description") instanceof JsonString description) {
      Matcher mark = IN_DESCRIPTION.matcher(description.getString());
      if (mark.find()) {
        return Optional.of(mark.group());
      }
    }
    return Optional.empty();
  }

  /** A description with another mark in the place of the one that it carries, if it does. */
  public static String redescribed(String description, Mark mark) {
    return described(IN_DESCRIPTION.matcher(description).replaceFirst(""), mark);
  }

  /** Tags with another mark in the place of the one that is among them, if one is. */
  public static List<String> retagged(Collection<String> tags, Mark mark) {
    List<String> all = new ArrayList<>(tags(mark));
    tags.stream()
        .filter(tag -> !IN_DESCRIPTION.matcher(tag).matches() && !tag.startsWith(STACK + "="))
        .filter(tag -> !all.contains(tag))
        .forEach(all::add);
    return all;
  }

  /** Metadata that carries the mark. */
  public static JsonObject metadata(Mark mark) {
    return Json.createObjectBuilder()
        .add(STACK, mark.stack().toString())
        .add(RESOURCE, resource(mark))
        .add(GENERATION, Integer.toString(mark.generation()))
        .build();
  }

  /** The text of the mark that metadata carries. */
  public static Optional<String> inMetadata(JsonObject resource) {
    if (resource.get("metadata") instanceof JsonObject metadata) {
      String generation = metadata.getString(GENERATION, "");
      if (metadata.containsKey(STACK) && generation.matches("\\d{1,9}")) {
        return Optional.of(
            text(
                metadata.getString(STACK, ""),
                Integer.parseInt(generation),
                metadata.getString(RESOURCE, "")));
      }
    }
    return Optional.empty();
  }

  /** Tags that carry the mark: one of the stack, to find all of it by, and the mark itself. */
  public static List<String> tags(Mark mark) {
    return List.of(tag(mark.stack()), text(mark));
  }

  /** The text of the mark that tags carry. */
  public static Optional<String> inTags(JsonObject resource) {
    return Bodies.texts(resource, "tags").stream()
        .filter(tag -> IN_DESCRIPTION.matcher(tag).matches())
        .findFirst();
  }

  /** A tag for everything of a stack; without comma and slash, which no tag may hold. */
  public static String tag(StackId stack) {
    return STACK + "=" + stack;
  }

  /** A name that only this mark has, for what is identified by its name. */
  public static String name(String wish, Mark mark) {
    String head = wish.replaceAll("[^A-Za-z0-9 _-]", "-");
    return (head.length() > 200 ? head.substring(0, 200) : head) + "-" + nameEnd(mark);
  }

  /** The end of such a name; twelve digits. */
  public static String nameEnd(Mark mark) {
    return HexFormat.of().formatHex(digest(text(mark)), 0, 6);
  }

  /** What could be the end of such a name. */
  public static Optional<String> atNameEnd(String name) {
    Matcher end = NAME_END.matcher(name);
    return end.find() ? Optional.of(end.group(1)) : Optional.empty();
  }

  /** The mark of something that is made beside a resource. */
  public static Mark beside(Mark mark, String suffix) {
    return new Mark(mark.stack(), mark.resource() + "#" + suffix, mark.generation());
  }

  /** Sixteen digits that stand for a text, where the text itself does not fit. */
  public static String digest16(String text) {
    return HexFormat.of().formatHex(digest(text), 0, 8);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.isthmus.domain.template.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is put into a document comes out of it again. */
class MimeDocumentTest {

  @Property(tries = 500)
  void everyTextComesOutAsItWentIn(@ForAll("texts") List<String> texts) {
    MimeDocument document = new MimeDocument();
    texts.forEach(text -> document.add(text, "x-shellscript", "naïve \"name\".sh"));
    assertThat(read(document.text())).isEqualTo(texts);
  }

  @Property(tries = 300)
  void aDocumentOfTheSamePartsIsTheSame(@ForAll("texts") List<String> texts) {
    MimeDocument document = new MimeDocument();
    texts.forEach(text -> document.add(text, "plain", ""));
    MimeDocument again = new MimeDocument();
    MimeDocument.parts(document.text()).orElseThrow().forEach(again::addEntity);
    assertThat(again.text()).isEqualTo(document.text());
  }

  @Property(tries = 500)
  void anyTextIsTakenApartOrIsNoDocument(@ForAll String text) {
    MimeDocument.parts(text);
    MimeDocument.parts("Content-Type: multipart/mixed; boundary=a\n\n--a\n" + text);
  }

  @Test
  void aPartCannotEndTheDocumentByHoldingItsBoundary() {
    MimeDocument first = new MimeDocument();
    first.add("a", "plain", "");
    String inner = first.text();
    MimeDocument outer = new MimeDocument();
    outer.add(inner, "plain", "");
    outer.add("b", "plain", "");
    assertThat(read(outer.text())).containsExactly(inner, "b");
  }

  @Test
  void aSubtypeOrFileNameCannotAddAHeader() {
    MimeDocument document = new MimeDocument();
    document.add("text", "plain\r\nX-Evil: 1", "a\r\nX-Evil: 1");
    assertThat(document.text().lines()).noneMatch(line -> line.startsWith("X-Evil"));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> lines =
        Arbitraries.of("#!/bin/sh", "--", "--===============", "From x", "", "é", "a: b", "\t")
            .list()
            .ofMaxSize(6)
            .map(all -> String.join("\n", all));
    return Arbitraries.oneOf(lines, Arbitraries.strings().filter(MimeDocumentTest::isText))
        .list()
        .ofMaxSize(4);
  }

  /** Surrogates that stand alone are no text, and line ends within a document are of one kind. */
  private static boolean isText(String text) {
    return text.indexOf('\r') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Reads as a mail program does, by no code of the document's own. */
  private static List<String> read(String document) {
    int quote = document.indexOf("boundary=\"") + 10;
    String boundary = document.substring(quote, document.indexOf('"', quote));
    List<String> texts = new ArrayList<>();
    String[] pieces = document.split("(^|\n)--" + boundary + "(--)?\n", -1);
    for (int i = 1; i < pieces.length - 1; i++) {
      int blank = pieces[i].indexOf("\n\n");
      String headers = pieces[i].substring(0, blank);
      String body = pieces[i].substring(blank + 2);
      texts.add(
          headers.contains("Content-Transfer-Encoding: base64")
              ? new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8)
              : body);
    }
    return texts;
  }
}

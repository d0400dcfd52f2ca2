package io.isthmus.domain.stack.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was written for a terminal reads as plain lines. */
class ConsoleTextTest {

  @Test
  void leavesColoursMovementsAndTitlesOut() {
    assertThat(
            ConsoleText.plain("[\u001b[0;32m  OK  \u001b[0m] Started \u001b[1mcron\u001b[m.\r\n"))
        .isEqualTo("[  OK  ] Started cron.\n");
    assertThat(ConsoleText.plain("\u001b]0;a title\u0007login: \u001b[?25h\u001b(B"))
        .isEqualTo("login: ");
    assertThat(ConsoleText.plain("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\"))
        .isEqualTo("link");
  }

  @Test
  void showsALineThatWasWrittenOverAsItStandsInTheEnd() {
    assertThat(ConsoleText.plain("10 %\r50 %\r100 %\r\r\ndone\n")).isEqualTo("100 %\ndone\n");
  }

  @Test
  void keepsTabsAndLettersOfEveryLanguageAndNoControlCharacter() {
    assertThat(ConsoleText.plain("a\tb\u0000\u0008é\u001b")).isEqualTo("a\tbé");
    assertThat(ConsoleText.plain("")).isEmpty();
  }
}
